import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readToken, signatureToken, webhookSecret } from './webhook.ts';

export type InboxProcess = Readonly<{
  port: number;
  kill: () => Promise<void>;
  /** The most memory it ever held, MB; null where the system does not say. */
  peakMb: () => number | null;
}>;

/** All but the first are wrong on purpose: a harness that passes them proves nothing. */
export type InboxKind = 'sound' | 'answers_first' | 'boundless' | 'open_door';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Starts the inbox as `npm run inbox` does, or one of the wrong ones. */
export async function startInboxProcess(databasePath: string, kind: InboxKind, port = 0): Promise<InboxProcess> {
  const args = kind === 'sound' ? ['scripts/run-source.mjs', 'inbox'] : [wrongInbox, kind];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      HEADS_UP_INBOX_PORT: String(port),
      HEADS_UP_INBOX_DATABASE: databasePath,
      HEADS_UP_INBOX_SIGNATURE_TOKEN: signatureToken,
      HEADS_UP_INBOX_WEBHOOK_SECRET: webhookSecret,
      HEADS_UP_INBOX_READ_TOKEN: readToken,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const listening = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const ready = /ready: http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (ready !== undefined) resolve(Number(ready));
    });
    child.once('exit', (code) => reject(new Error(`The inbox ended with ${code}.`)));
  });
  return {
    port: listening,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    peakMb: () => readPeakMb(child.pid ?? 0),
  };
}

const wrongInbox = fileURLToPath(new URL('wrong-inbox.ts', import.meta.url));

function readPeakMb(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return peak === undefined ? null : Math.round(Number(peak) / 1024);
}
