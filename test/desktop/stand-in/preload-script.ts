import { randomUUID } from 'node:crypto';
import { decodeClone, encodeClone } from './clone-codec.ts';
import { openWorldPort } from './world-port.ts';

export const preloadWorld = 'Electron Isolated Context';

/** What the preload's world says to main. */
export type FromPreload = Readonly<{ url: string }> &
  (
    | Readonly<{ kind: 'invoke'; id: number; channel: string; args: string }>
    | Readonly<{ kind: 'send'; channel: string; args: string }>
    | Readonly<{ kind: 'preload-error'; message: string }>
  );

/** What main says to the preload's world. */
export type ToPreload =
  | Readonly<{ kind: 'reply'; id: number; isOk: boolean; value: string }>
  | Readonly<{ kind: 'message'; channel: string; args: string }>;

type WorldOptions = Readonly<{
  token: string;
  openPort: typeof openWorldPort;
  encode: typeof encodeClone;
  decode: typeof decodeClone;
  runsInFrames: boolean;
  preload: (require: (name: string) => unknown, module: object, exports: object) => void;
}>;

type WorldGlobals = typeof globalThis & {
  sendToMain?: (text: string) => void;
  hearFromMain?: (message: ToPreload) => void;
};

/** The page's own world: takes in what the preload exposes. Its source is run inside the page. */
function prepareMainWorld(token: string, openPort: typeof openWorldPort): void {
  openPort({
    sendAs: `${token}:preload`,
    hearAs: `${token}:page`,
    expose: (name, value) => {
      if (Object.hasOwn(globalThis, name)) {
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      }
      Object.defineProperty(globalThis, name, { value, enumerable: true });
    },
  });
}

/** The preload's world: `require` knows electron alone. Its source is run inside the page. */
function runPreloadWorld({ token, openPort, encode, decode, runsInFrames, preload }: WorldOptions): void {
  const world = globalThis as WorldGlobals;
  const sendToMain = world.sendToMain;
  delete world.sendToMain;
  if (location.protocol === 'chrome-error:' || (window !== window.top && !runsInFrames)) return;
  type Said = FromPreload extends infer One ? (One extends FromPreload ? Omit<One, 'url'> : never) : never;
  const post = (message: Said): void => sendToMain?.(JSON.stringify({ ...message, url: location.href }));

  const port = openPort({
    sendAs: `${token}:page`,
    hearAs: `${token}:preload`,
    expose: () => {
      throw new Error('Only the preload exposes anything');
    },
  });
  const contextBridge = { exposeInMainWorld: (name: string, value: unknown) => port.exposeInOtherWorld(name, value) };

  type Listener = (event: object, ...args: unknown[]) => void;
  const listeners = new Map<string, { listener: Listener; isOnce: boolean }[]>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let nextId = 1;
  const toText = (args: readonly unknown[]): string => {
    let copy: unknown;
    try {
      copy = structuredClone(args);
    } catch {
      throw new Error('An object could not be cloned.');
    }
    return encode(copy);
  };
  const remove = (channel: string, listener: Listener) => {
    const kept = listeners.get(channel) ?? [];
    listeners.set(
      channel,
      kept.filter((one) => one.listener !== listener),
    );
    return ipcRenderer;
  };
  const add = (isOnce: boolean) => (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, isOnce }]);
    return ipcRenderer;
  };
  const ipcRenderer = {
    // Async, so that what cannot be cloned is a rejection.
    invoke: async (channel: string, ...args: unknown[]): Promise<unknown> => {
      const id = nextId++;
      post({ kind: 'invoke', id, channel, args: toText(args) });
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, answer);
      return answer.promise;
    },
    send: (channel: string, ...args: unknown[]) => post({ kind: 'send', channel, args: toText(args) }),
    on: add(false),
    addListener: add(false),
    once: add(true),
    off: remove,
    removeListener: remove,
    removeAllListeners: (channel: string) => {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };

  world.hearFromMain = (message) => {
    if (message.kind === 'message') {
      for (const { listener, isOnce } of listeners.get(message.channel) ?? []) {
        if (isOnce) remove(message.channel, listener);
        listener({ sender: ipcRenderer, ports: [] }, ...(decode(message.args) as unknown[]));
      }
      return;
    }
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.isOk) answer?.resolve(decode(message.value));
    else answer?.reject(new Error(message.value));
  };

  const refuseMissing = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get: (target, property, receiver) => {
        if (property in target || typeof property === 'symbol') return Reflect.get(target, property, receiver);
        throw new Error(`The stand-in has no electron.${name}.${property}`);
      },
    });
  const electron = refuseMissing('renderer', {
    contextBridge: refuseMissing('contextBridge', contextBridge),
    ipcRenderer: refuseMissing('ipcRenderer', ipcRenderer),
  });
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  try {
    preload(require, module, module.exports);
  } catch (error) {
    post({ kind: 'preload-error', message: String(error) });
    throw error;
  }
}

/** What to evaluate in both worlds of a new document, the page's own first. */
export function writePreloadScripts(preload: string, runsInFrames: boolean): Readonly<{ page: string; world: string }> {
  const token = randomUUID();
  const port = `(${openWorldPort.toString()})`;
  return {
    page: `(${prepareMainWorld.toString()})('${token}', ${port});`,
    world: `(${runPreloadWorld.toString()})({
      token: '${token}', openPort: ${port}, encode: ${encodeClone.toString()}, decode: ${decodeClone.toString()},
      runsInFrames: ${runsInFrames}, preload: (require, module, exports) => {\n${preload}\n} });`,
  };
}
