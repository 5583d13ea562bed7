import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratch } from './scratch.ts';

const entry = fileURLToPath(new URL('../../dist/main/browser.js', import.meta.url));

export type ConsoleProcess = Readonly<{
  /** The one-time link that the host printed. */
  link: string;
  child: ChildProcess;
  /** Ctrl+C, and the exit code that follows. */
  interrupt: () => Promise<number | null>;
  /** Ends it without a chance to tidy up. */
  kill: () => Promise<void>;
  /** Starts another one on the same folders and the same port, as a user would after a crash. */
  startAgain: () => Promise<ConsoleProcess>;
  remove: () => void;
}>;

/** Starts the built browser host as a user would, with folders of its own. */
export async function startConsoleProcess(
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  home: string = mkdtempSync(join(scratch, 'heads-up-journey-')),
): Promise<ConsoleProcess> {
  if (!existsSync(entry)) throw new Error('Build first: npm run build');
  const child = spawn(process.execPath, [entry, '--no-open', ...flags], {
    env: {
      ...process.env,
      ...environment,
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_DATA_HOME: join(home, 'data'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const link = await new Promise<string>((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said);
      if (found !== null) resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`The host ended: ${said}`)));
  });
  return {
    link,
    child,
    interrupt: () => {
      child.kill('SIGINT');
      return exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    startAgain: () => startConsoleProcess([...flags, '--port', new URL(link).port], environment, home),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
