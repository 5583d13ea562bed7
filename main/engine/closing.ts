import type { RemoteError, RemoteResult } from '../../shared/domain/remote.ts';

const closing: RemoteError = {
  kind: 'not_sent',
  status: null,
  message: 'Heads Up is closing.',
  fieldErrors: [],
  retryAfterMs: null,
  body: null,
};

// Any client method: only the shape of what it answers matters here.
type Call = (...rest: never[]) => Promise<RemoteResult<unknown>>;

/**
 * The same client, which makes no new request once `isClosing`.
 *
 * A walk of a large shop takes minutes and a quitting app has seconds: the jobs meet a request that was never made,
 * which every one of them can bear, and end.
 */
export function stopWhenClosing<Client extends Readonly<Record<string, Call>>>(
  client: Client,
  isClosing: () => boolean,
): Client {
  const stoppable = Object.entries(client).map(([method, call]) => [
    method,
    (...rest: never[]) => (isClosing() ? Promise.resolve({ ok: false, error: closing }) : call(...rest)),
  ]);
  // Every method is wrapped one for one, so the client's type still holds.
  return Object.fromEntries(stoppable) as Client;
}
