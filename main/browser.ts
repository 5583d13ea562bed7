import { runBrowserHost } from './browser/run.ts';
import { findRuntimeFiles } from './runtime-files.ts';

// Whoever read our output may go away before we do.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

process.exit(
  await runBrowserHost({
    files: findRuntimeFiles(import.meta.url),
    argv: process.argv.slice(2),
    environment: process.env,
    platform: process.platform,
    say: console.log,
    complain: console.error,
  }),
);
