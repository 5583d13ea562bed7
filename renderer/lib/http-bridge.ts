import { appEvents, type AppEvent, type Channel } from '../../shared/ipc/channels.ts';
import { pageKeyHeader } from '../../shared/page-key.ts';
import { fail } from '../../shared/result.ts';
import { readPageKey, takePageKey } from './page-key.ts';
import { createReach, type Reach } from './reach.ts';

const RECONNECT_MS = 3_000;

/** The contract over HTTP: one POST per call, and one event stream whose messages are nothing but event names. */
export function createHttpBridge(): Readonly<{
  invoke: (channel: Channel, input: unknown) => Promise<unknown>;
  on: (event: AppEvent, listener: () => void) => () => void;
  reach: Reach;
}> {
  takePageKey();
  const reach = createReach(Date.now);
  const listeners = new Set<() => void>();
  let isListening = false;

  function tellEveryone(): void {
    for (const listener of listeners) listener();
  }

  function listen(): void {
    const source = new EventSource(`api/events?page=${readPageKey()}`);
    source.addEventListener('open', () => {
      reach.found();
      // Whatever happened while nobody listened is only found by asking again.
      tellEveryone();
    });
    source.addEventListener('message', ({ data }) => {
      if (appEvents.some((event) => event === data)) tellEveryone();
    });
    source.addEventListener('error', () => {
      // A broken stream says nothing about why; a call does.
      void invoke('status.get', {});
      // A refused connection is retried by the browser itself; after an HTTP error it gives up for good.
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, RECONNECT_MS);
    });
  }

  async function invoke(channel: Channel, input: unknown): Promise<unknown> {
    let response: Response;
    try {
      response = await fetch('api/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json', [pageKeyHeader]: readPageKey() },
        body: JSON.stringify({ channel, input }),
      });
    } catch {
      reach.lost('no_answer');
      return fail('unreachable', 'Heads Up does not answer.', 'Check that it is still running, then try again.');
    }
    if (response.status === 401 || response.status === 403) {
      reach.lost('signed_out');
      return fail(
        'unreachable',
        'This tab is not signed in to Heads Up.',
        'Open Heads Up again from the address that it printed when it started.',
      );
    }
    reach.found();
    try {
      return (await response.json()) as unknown;
    } catch {
      return fail('bad_answer', `Heads Up answered with something unreadable (HTTP ${response.status}).`, 'Try again.');
    }
  }

  return {
    invoke,
    reach,
    on(_event, listener) {
      listeners.add(listener);
      if (!isListening) {
        isListening = true;
        listen();
      }
      return () => listeners.delete(listener);
    },
  };
}
