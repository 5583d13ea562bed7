// A stand-in for main/engine/worker.ts: does what the test's input says. Plain Node runs it, types stripped.
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { EngineStart, EngineToHost, HostToEngine } from '../../main/engine/port.ts';

const start = workerData as EngineStart;
const port = parentPort;
if (port === null) throw new Error('This file is a worker');
const post = (message: EngineToHost): void => port.postMessage(message);

const startsFile = join(start.dataFolder, 'starts');
appendFileSync(startsFile, 'x');
const starts = readFileSync(startsFile, 'utf8').length;

/** What the tests put into `version`. */
const modes: Record<string, () => void> = {
  normal: () => post({ kind: 'ready' }),
  'cannot-start': () => post({ kind: 'cannot-start', message: 'The database is newer.', nextStep: 'Update Heads Up.' }),
  'never-ready': () => console.log('stub engine started'),
  'crash-at-start': () => process.exit(3),
  'crash-after-first': () => (starts === 1 ? post({ kind: 'ready' }) : process.exit(3)),
  'refuse-after-first': () =>
    post(starts === 1 ? { kind: 'ready' } : { kind: 'cannot-start', message: 'It is locked.', nextStep: 'Wait.' }),
};

type Act = Readonly<{
  text?: 'environment' | 'exit';
  act?: 'echo' | 'silent' | 'throw' | 'exit' | 'event' | 'secret' | 'log' | 'stop' | 'restart';
}>;

function answer({ id, channel, input }: Extract<HostToEngine, { kind: 'call' }>): void {
  // The contract lets free text through in a search only.
  const { text, act = text ?? 'echo' } = (input ?? {}) as Act;
  if (act === 'throw') throw new Error('planted crash');
  if (act === 'exit') process.exit(3);
  if (act === 'silent') return;
  if (act === 'restart') {
    post({ kind: 'restart' });
    post({ kind: 'result', id, result: { ok: true, value: { starts } } });
    post({ kind: 'stopped' });
  } else if (act === 'stop') {
    post({ kind: 'stopped' });
  } else if (act === 'secret') {
    const { ask, name, value } = input as { ask: 'read'; name: 'postscript_key'; value: string | null };
    post({ kind: 'secret-ask', id, ask, name, value });
  } else if (act === 'environment') {
    post({ kind: 'result', id, result: { ok: true, value: Object.keys(process.env) } });
  } else {
    if (act === 'event') post({ kind: 'event', event: 'changed' });
    if (act === 'log') post({ kind: 'log', level: 'info', message: 'hello', fields: { rows: 1 } });
    const { dataFolder, startInPractice } = start;
    post({ kind: 'result', id, result: { ok: true, value: { channel, input, dataFolder, startInPractice, starts } } });
  }
}

port.on('message', (message: HostToEngine) => {
  switch (message.kind) {
    case 'call':
      answer(message);
      break;
    case 'secret-answer':
      post({ kind: 'result', id: message.id, result: { ok: true, value: message } });
      break;
    case 'sleep':
    case 'wake':
      post({ kind: 'log', level: 'info', message: message.kind, fields: {} });
      break;
    case 'stop':
      if (start.version !== 'ignores-stop') post({ kind: 'stopped' });
  }
});

(modes[start.version] ?? (() => post({ kind: 'ready' })))();
