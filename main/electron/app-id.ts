/** As electron-builder.yml has it: Windows shows notifications only of an app that its installer has named so. */
export const appId = 'app.headsup.desktop';
