// The browser host as a process of its own, with the stub for an engine. STUB_MODE is what the stub does.
import { runBrowserHost } from '../../main/browser/run.ts';

process.exit(
  await runBrowserHost({
    files: {
      workerUrl: new URL('./stub-engine-worker.ts', import.meta.url),
      rendererFolder: process.env['STUB_RENDERER'] ?? '',
      preloadPath: '',
      iconsFolder: '',
      version: process.env['STUB_MODE'] ?? 'normal',
    },
    argv: process.argv.slice(2),
    environment: process.env,
    platform: process.platform,
    say: console.log,
    complain: console.error,
  }),
);
