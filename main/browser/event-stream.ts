import type { AppEvent } from '../../shared/ipc/channels.ts';

/** Server-sent events to every open tab. A message is an event's name and nothing else. */
export type EventStream = Readonly<{
  /** Undefined when too many tabs listen already. */
  open: () => ReadableStream<Uint8Array> | undefined;
  send: (event: AppEvent) => void;
  close: () => void;
}>;

const defaultHeartbeatMs = 20_000;
const maxTabs = 50;
/** A tab that leaves this many chunks unread is cut off; it comes back by itself and asks for everything anew. */
const maxUnread = 100;

/** Keeps the streams and lets each one hear something now and then, so that a dead connection is noticed. */
export function createEventStream(heartbeatMs: number = defaultHeartbeatMs): EventStream {
  const tabs = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const encoder = new TextEncoder();

  const broadcast = (text: string): void => {
    for (const tab of tabs) {
      tab.enqueue(encoder.encode(text));
      if ((tab.desiredSize ?? 0) < -maxUnread) {
        tabs.delete(tab);
        tab.close();
      }
    }
  };
  const heartbeat = setInterval(() => broadcast(': still here\n\n'), heartbeatMs);
  heartbeat.unref();

  return {
    open: () => {
      if (tabs.size >= maxTabs) return undefined;
      let opened: ReadableStreamDefaultController<Uint8Array> | undefined;
      return new ReadableStream<Uint8Array>({
        start: (tab) => {
          opened = tab;
          tabs.add(tab);
          // The first bytes make the browser fire "open".
          tab.enqueue(encoder.encode('retry: 1000\n\n'));
        },
        cancel: () => {
          if (opened !== undefined) tabs.delete(opened);
        },
      });
    },
    send: (event) => broadcast(`data: ${event}\n\n`),
    close: () => {
      clearInterval(heartbeat);
      for (const tab of tabs) tab.close();
      tabs.clear();
    },
  };
}
