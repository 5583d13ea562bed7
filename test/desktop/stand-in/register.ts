// Loaded before the app: `node --import …/register.ts dist/main/index.js`. From here on `electron` is the stand-in.
import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const standIn = new URL('./electron.ts', import.meta.url).href;
const facade = 'stand-in:electron';

/** Electron's own module is CommonJS: whoever imports its default has it whole, and whoever requires it too. */
const facadeSource = `
  import * as electron from ${JSON.stringify(standIn)};
  export * from ${JSON.stringify(standIn)};
  export { electron as default, electron as 'module.exports' };
`;

// The engine's thread is started with the same flags, and knows no Electron, here as there.
if (isMainThread) {
  const { settings } = await import('./given-settings.ts');
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url: facade, shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === facade ? { format: 'module', source: facadeSource, shortCircuit: true } : next(url, context),
  });
  // Electron's process has it, Node's has not.
  Object.assign(process, { resourcesPath: settings.resourcesPath });
  const { startControl } = await import('./control.ts');
  startControl();
}
