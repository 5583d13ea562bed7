import { firstRunSteps, type FirstRunStep } from '../../shared/domain/first-run.ts';
import type { InboxTestKind } from '../../shared/domain/inbox-test.ts';
import type { ChannelsOf } from '../../shared/ipc/contract-part.ts';
import type { Handlers, Output } from '../../shared/ipc/contract.ts';
import type { ConnectionView } from '../../shared/ipc/schemas.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { makeConnection, makeConnections, makeMissing, type Scenario } from './fake-connections.ts';
import { NOW } from './fake-data.ts';

type FakeShop = Readonly<{
  hasData: () => boolean;
  sendingOn: () => boolean;
  newestAccepted: () => Output<'setup.get'>['newestAccepted'];
  changed: <T>(value: T) => Result<T>;
}>;

type InboxTest = NonNullable<Output<'connections.getInboxTest'>>;

export type FakeSetup = Readonly<{
  handlers: Pick<Handlers, ChannelsOf<'connections' | 'setup'>>;
  connections: () => Output<'connections.get'>;
  /** Another scenario, other connections. */
  reset: (scenario: Scenario) => void;
}>;

/** Connections, the inbox test and the first run in memory. A secret with "wrong" in it is refused. */
export function createFakeSetup(scenario: Scenario, shop: FakeShop): FakeSetup {
  let connections = makeConnections(scenario);
  let inboxTest: InboxTest | null = null;
  const confirmed = new Set<FirstRunStep>();

  const stateOf = (name: ConnectionView['name']) => connections.find((each) => each.name === name)?.state ?? 'missing';

  function connect(name: ConnectionView['name'], secret: string): Result<ConnectionView> {
    if (secret.includes('wrong')) {
      return fail('key_refused', 'Postscript answered 401: it does not know this key.', 'Copy the private key again.');
    }
    const connection: ConnectionView = { ...makeConnection(name), keyEnding: secret.slice(-4) };
    connections = connections.map((old) => (old.name === name ? connection : old));
    return shop.changed(connection);
  }

  function isDone(step: FirstRunStep): boolean {
    if (step === 'postscript' || step === 'smartrr') return stateOf(step) !== 'missing';
    if (step === 'welcome') return confirmed.has(step) || stateOf('postscript') !== 'missing';
    if (step === 'sync') return confirmed.has(step) || shop.hasData();
    return confirmed.has(step) || shop.sendingOn();
  }

  return {
    connections: () => connections,
    reset: (to) => {
      connections = makeConnections(to);
    },
    handlers: {
      'connections.get': () => ok(connections),
      'connections.savePostscriptKey': ({ key }) => connect('postscript', key),
      'connections.saveSmartrrToken': ({ token }) => connect('smartrr', token),
      'connections.saveInbox': ({ token }) => connect('inbox', token),
      'connections.remove': ({ name }) => {
        connections = connections.map((old) => (old.name === name ? makeMissing(name) : old));
        return shop.changed({});
      },
      'connections.test': ({ name }) =>
        stateOf(name) === 'ok'
          ? ok({ message: 'Postscript knows this key: Fern & Fable.' })
          : fail('key_refused', 'Postscript answered 401.', 'Copy the key again and check that it was not deleted.'),
      'connections.registerWebhook': () =>
        ok({ callbackUrl: 'https://inbox.example.com/webhooks/postscript', message: 'Postscript knows the webhook.' }),
      'connections.startInboxTest': ({ kind }) => {
        inboxTest = makeInboxTest(kind);
        return shop.changed({});
      },
      'connections.getInboxTest': () => ok(inboxTest),
      'connections.cancelInboxTest': () => {
        inboxTest = null;
        return shop.changed({});
      },
      'setup.get': () =>
        ok({
          doneSteps: firstRunSteps.filter(isDone),
          firstSync: {
            isRunning: stateOf('smartrr') !== 'missing' && !shop.hasData(),
            isDone: shop.hasData(),
            rowsRead: stateOf('smartrr') === 'missing' ? 0 : 620,
            rowsTotal: stateOf('smartrr') === 'missing' ? null : 1_530,
            problem: null,
          },
          newestAccepted: shop.newestAccepted(),
        }),
      'setup.confirm': ({ step }) => {
        confirmed.add(step);
        return shop.changed({});
      },
    },
  };
}

/** The sample comes back at once; a text is waited for. */
function makeInboxTest(kind: InboxTestKind): InboxTest {
  const passed = { state: 'passed', nextStep: null } as const;
  const way: InboxTest['hops'] = [
    { ...passed, hop: 'inbox_answers', message: 'The inbox answers and takes the read token.' },
    { ...passed, hop: 'webhook_known', message: 'Postscript sends incoming texts to https://inbox.example.com.' },
  ];
  const ends: Record<InboxTestKind, InboxTest['hops']> = {
    sample: [
      { ...passed, hop: 'sample_taken', message: 'The inbox kept the text.' },
      { ...passed, hop: 'sample_read', message: 'This computer read the text, knew it as a test, and put it aside.' },
    ],
    text: [{ hop: 'text_read', state: 'running', message: null, nextStep: null }],
  };
  return {
    kind,
    startedAt: NOW,
    isRunning: kind === 'text',
    hops: [...way, ...ends[kind]],
    reply: null,
  };
}
