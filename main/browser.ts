import { setFlagsFromString } from 'node:v8';
import { runBrowserHost } from './browser/run.ts';
import { findRuntimeFiles } from './runtime-files.ts';

// Answers pass through as short-lived objects. V8 would give them 16 MB twice over before it looks what is left of them;
// the youngest part of each heap stays as small as it begins (docs/decisions/0009).
setFlagsFromString('--semi-space-growth-factor=1');

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
