import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { toError } from '../../shared/result.ts';
import { toOpenProblem } from '../db/open-database.ts';
import { createEngine, type Engine } from './engine.ts';
import type { EngineStart, EngineToHost, HostToEngine, SecretName } from './port.ts';

/** Entry of the worker thread: carries the port's messages to the engine and back. */

if (parentPort === null) throw new Error('The engine runs in a worker thread of a host.');
const port: MessagePort = parentPort;
// The host that starts this thread hands over an EngineStart and nothing else.
const start = workerData as EngineStart;

type SecretAnswer = Extract<HostToEngine, { kind: 'secret-answer' }>;
const waiting = new Map<number, (answer: SecretAnswer) => void>();
let lastAsk = 0;

function post(message: EngineToHost): void {
  port.postMessage(message);
}

function askSecret(ask: 'read' | 'write' | 'remove', name: SecretName, value: string | null): Promise<string | null> {
  lastAsk += 1;
  const id = lastAsk;
  return new Promise((resolve, reject) => {
    waiting.set(id, (answer) => (answer.ok ? resolve(answer.value) : reject(new Error(answer.message))));
    post({ kind: 'secret-ask', id, ask, name, value });
  });
}

function end(): void {
  void engine
    .then(({ stop }) => stop())
    .finally(() => {
      post({ kind: 'stopped' });
      port.close();
    });
}

function listen(engine: Promise<Engine>): void {
  port.on('message', (message: HostToEngine) => {
    switch (message.kind) {
      case 'secret-answer':
        waiting.get(message.id)?.(message);
        waiting.delete(message.id);
        return;
      case 'call':
        void engine.then(async ({ call }) =>
          post({ kind: 'result', id: message.id, result: await call(message.channel, message.input) }),
        );
        return;
      case 'sleep':
        void engine.then(({ sleep }) => sleep());
        return;
      case 'wake':
        void engine.then(({ wake }) => wake());
        return;
      case 'stop':
        end();
        return;
    }
  });
}

const engine = createEngine({
  start,
  vault: {
    read: (name) => askSecret('read', name, null),
    write: async (name, value) => void (await askSecret('write', name, value)),
    remove: async (name) => void (await askSecret('remove', name, null)),
  },
  restart: () => {
    // Told before the answer leaves, so that no call comes in between.
    post({ kind: 'restart' });
    setImmediate(end);
  },
  emit: (event) => post({ kind: 'event', event }),
  log: (level, message, fields = {}) => post({ kind: 'log', level, message, fields }),
});
listen(engine);
engine.then(
  () => post({ kind: 'ready' }),
  (thrown: unknown) => {
    const problem = toOpenProblem(toError(thrown));
    post({ kind: 'cannot-start', message: problem.message, nextStep: problem.nextStep });
    port.close();
  },
);
