import { EventEmitter } from 'node:events';
import type { CDPSession } from 'playwright-core';

/** Commands and events of one target, with Playwright's types for the protocol. */
export type CdpSession = Pick<CDPSession, 'on' | 'send'>;

export type Cdp = Readonly<{
  /** The browser's own session. */
  browser: CdpSession;
  attach: (targetId: string) => Promise<CdpSession>;
}>;

type Message = Readonly<{
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: Readonly<{ message: string }>;
  sessionId?: string;
}>;

type Pending = Readonly<{ method: string; resolve: (result: unknown) => void; reject: (error: Error) => void }>;

/** Speaks to a Chromium over its DevTools protocol, all targets over one socket. */
export async function connectToChromium(address: string): Promise<Cdp> {
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`No Chromium answers at ${address}`)));
  });
  const pending = new Map<number, Pending>();
  const sessions = new Map<string, EventEmitter>();
  let nextId = 1;

  function makeSession(sessionId: string): CdpSession {
    const send = (method: string, params: object = {}): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { method, resolve, reject });
        socket.send(JSON.stringify({ id, method, params, ...(sessionId !== '' && { sessionId }) }));
      });
    const emitter = new EventEmitter();
    sessions.set(sessionId, emitter);
    // The protocol's types are Playwright's; what comes is what Chromium says.
    return Object.assign(emitter, { send }) as unknown as CdpSession;
  }

  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id === undefined) {
      sessions.get(message.sessionId ?? '')?.emit(message.method ?? '', message.params);
      return;
    }
    const asked = pending.get(message.id);
    pending.delete(message.id);
    if (message.error === undefined) asked?.resolve(message.result);
    else asked?.reject(new Error(`${asked.method}: ${message.error.message}`));
  });
  socket.addEventListener('close', () => {
    for (const { method, reject } of pending.values()) reject(new Error(`${method}: Chromium is gone`));
    pending.clear();
  });

  const browser = makeSession('');
  return {
    browser,
    attach: async (targetId) =>
      makeSession((await browser.send('Target.attachToTarget', { targetId, flatten: true })).sessionId),
  };
}
