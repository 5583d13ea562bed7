import { expect, it } from 'vitest';
import { createRouter } from '../../main/contract-router.ts';
import { fail, ok } from '../../shared/result.ts';

function setUp(call = (channel: string, input: unknown) => Promise.resolve(ok({ channel, input }))) {
  const bugs: string[] = [];
  const computer = {
    'computer.acceptWeakKeyring': () => fail('internal', 'Not in this test.'),
    'computer.get': () => fail('internal', 'Asked of the host.'),
    'computer.save': () => {
      throw new Error('planted');
    },
    'computer.checkForUpdate': () => ok({}),
    'computer.downloadUpdate': () => ok({}),
    'computer.installUpdate': () => ok({}),
  };
  return {
    bugs,
    route: createRouter({ computer, call, onBug: (channel, error) => bugs.push(`${channel}: ${error.message}`) }),
  };
}

it('passes on what the contract describes, and nothing beside it', async () => {
  const { route } = setUp();
  expect(await route('deliveries.get', { id: 7, extra: 'dropped' })).toEqual(
    ok({ channel: 'deliveries.get', input: { id: 7 } }),
  );
});

it('asks the host itself about the computer', async () => {
  const { route, bugs } = setUp();
  expect(await route('computer.get', {})).toEqual(fail('internal', 'Asked of the host.'));
  expect(await route('computer.save', { onClose: 'sleep' })).toMatchObject({ error: { code: 'invalid_input' } });
  expect(await route('computer.save', {})).toMatchObject({ error: { code: 'internal' } });
  expect(bugs).toEqual(['computer.save: planted']);
});

it.each([undefined, null, 5, {}, '', 'nothing.here', 'constructor', '__proto__', 'toString'])(
  'refuses the channel %s',
  async (channel) => {
    const { route } = setUp();
    expect(await route(channel, {})).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  },
);

it.each([undefined, null, 'text', [], { id: '7' }, { id: 1.5 }, {}])('refuses the input %j', async (input) => {
  const { route } = setUp();
  expect(await route('deliveries.get', input)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
});

it('does not repeat a refused value', async () => {
  const { route } = setUp();
  const result = await route('connections.savePostscriptKey', { key: 'not-a-real-key'.repeat(100) });
  expect(result).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  expect(JSON.stringify(result)).not.toContain('not-a-real-key');
});

it('turns what is thrown into a failed result and tells the host', async () => {
  const { route, bugs } = setUp(() => Promise.reject(new Error('planted')));
  expect(await route('status.get', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(bugs).toEqual(['status.get: planted']);
});
