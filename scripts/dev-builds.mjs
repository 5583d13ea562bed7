import { join } from 'node:path';

/**
 * Builds the named builds of vite.config.ts, and again whenever a source of theirs changes.
 *
 * @param {string} root
 * @param {readonly string[]} names
 * @param {(name: string) => void} onBuilt after every build that worked; a build that failed has said why by itself
 */
export async function watchBuilds(root, names, onBuilt) {
  // Not above: it is loaded once the guard has found a Node that can.
  const { createBuilder } = await import('vite');
  const builder = await createBuilder({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { watch: {} },
  });
  for (const name of names) {
    const environment = builder.environments[name];
    if (environment === undefined) throw new Error(`No build environment named ${name}`);
    const watcher = await builder.build(environment);
    if (!('on' in watcher)) throw new Error(`The build of ${name} was not watched`);
    watcher.on('event', (event) => {
      if (event.code === 'BUNDLE_END') onBuilt(name);
    });
  }
}
