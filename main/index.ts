import { runDesktop } from './electron/run.ts';
import { findRuntimeFiles } from './runtime-files.ts';

void runDesktop(findRuntimeFiles(import.meta.url));
