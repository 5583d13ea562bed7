import type { RemoteError, RemoteResult, SendOutcome, TriggerChannel } from '../../shared/domain/remote.ts';
import type { ConnectionView } from '../../shared/ipc/schemas.ts';

export type ConnectionName = ConnectionView['name'];

/** Health of each remote service, learned from every answer it gives. */
export type Connections = Readonly<{
  view: (name: ConnectionName) => ConnectionView;
  viewAll: () => ConnectionView[];
  /** A connection was set up or taken away. */
  configure: (name: ConnectionName, known: Readonly<{ label: string | null; keyEnding: string | null }> | null) => void;
  note: (name: ConnectionName, error: RemoteError | null) => void;
  /** The same client, with the outcome of each call noted. */
  observe: <Client extends Readonly<Record<string, Observable>>>(name: ConnectionName, client: Client) => Client;
  observeChannel: (channel: TriggerChannel) => TriggerChannel;
}>;

// Any client method: only the shape of what it answers matters here.
type Observable = (...rest: never[]) => Promise<RemoteResult<unknown>>;

const names = ['postscript', 'smartrr', 'inbox'] as const satisfies readonly ConnectionName[];

const nextSteps: Record<ConnectionName, string> = {
  postscript: 'Paste a working private key in Settings.',
  smartrr: 'Paste a working token in Settings.',
  inbox: "Check the inbox's address and read token in Settings.",
};

export function createConnections(now: () => number, onChange: () => void): Connections {
  const views = new Map<ConnectionName, ConnectionView>(names.map((name) => [name, missing(name)]));

  const view = (name: ConnectionName): ConnectionView => views.get(name) ?? missing(name);

  function note(name: ConnectionName, error: RemoteError | null): void {
    const before = view(name);
    if (before.state === 'missing') return;
    const after = error === null ? healthy(before, now()) : unhealthy(before, error, now());
    views.set(name, after);
    if (after.state !== before.state || after.problem !== before.problem) onChange();
  }

  return {
    view,
    viewAll: () => names.map(view),
    configure: (name, known) => {
      views.set(name, known === null ? missing(name) : { ...missing(name), ...known, state: 'ok', lastOkAt: now() });
      onChange();
    },
    note,
    observe: (name, client) => {
      const observed = Object.entries(client).map(([method, call]) => [
        method,
        async (...rest: never[]) => {
          const result = await call(...rest);
          note(name, result.ok ? null : result.error);
          return result;
        },
      ]);
      // Every method is wrapped one for one, so the client's type still holds.
      return Object.fromEntries(observed) as typeof client;
    },
    observeChannel: (channel) => ({
      preview: channel.preview,
      send: async (event): Promise<SendOutcome> => {
        const outcome = await channel.send(event);
        note('postscript', outcome.kind === 'error' ? outcome.error : null);
        return outcome;
      },
    }),
  };

  function unhealthy(before: ConnectionView, error: RemoteError, at: number): ConnectionView {
    // The service answered and understood: the connection itself is fine.
    if (error.kind === 'rejected' || error.kind === 'not_found') return healthy(before, at);
    const isRefused = error.kind === 'key_refused' || error.kind === 'plan_refused';
    return {
      ...before,
      state: isRefused ? 'refused' : 'failing',
      failingSince: before.failingSince ?? at,
      problem: `${error.message} ${nextStep(before.name, error.kind)}`,
    };
  }
}

function nextStep(name: ConnectionName, kind: RemoteError['kind']): string {
  if (kind === 'key_refused') return nextSteps[name];
  // The key is right; another one would be refused as well.
  if (kind === 'plan_refused') return 'The plan, or the permissions of the key, do not allow this.';
  return 'Heads Up keeps trying.';
}

function healthy(before: ConnectionView, at: number): ConnectionView {
  return { ...before, state: 'ok', lastOkAt: at, failingSince: null, problem: null };
}

function missing(name: ConnectionName): ConnectionView {
  return { name, state: 'missing', label: null, keyEnding: null, lastOkAt: null, failingSince: null, problem: null };
}
