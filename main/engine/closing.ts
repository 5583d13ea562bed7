import type { RemoteError, RemoteResult } from '../../shared/domain/remote.ts';

const neverMade = (message: string): RemoteError => ({
  kind: 'not_sent',
  status: null,
  message,
  fieldErrors: [],
  retryAfterMs: null,
  body: null,
});
const closing = neverMade('Heads Up is closing.');
const refused = neverMade('The token is refused; the next sync tries it again.');

// Any client method: only the shape of what it answers matters here.
type Call = (...rest: never[]) => Promise<RemoteResult<unknown>>;
type AnyClient = Readonly<Record<string, Call>>;

/**
 * The same client, which makes no new request once `isClosing`.
 *
 * A walk of a large shop takes minutes and a quitting app has seconds: the jobs meet a request that was never made,
 * which every one of them can bear, and end.
 */
export function stopWhenClosing<Client extends AnyClient>(client: Client, isClosing: () => boolean): Client {
  return withhold(client, closing, isClosing);
}

/** The same client, which makes no request while `isRefused`: a long line would only be refused again and again. */
export function stopWhenRefused<Client extends AnyClient>(client: Client, isRefused: () => boolean): Client {
  return withhold(client, refused, isRefused);
}

function withhold<Client extends AnyClient>(client: Client, error: RemoteError, isWithheld: () => boolean): Client {
  const calls = Object.entries(client).map(([method, call]) => [
    method,
    (...rest: never[]) => (isWithheld() ? Promise.resolve({ ok: false, error }) : call(...rest)),
  ]);
  // Every method is wrapped one for one, so the client's type still holds.
  return Object.fromEntries(calls) as Client;
}
