import { describe, expect, it } from 'vitest';
import { createRouter } from '../../../main/contract-router.ts';
import { registerIpc } from '../../../main/electron/ipc-router.ts';
import { channels, type Channel } from '../../../shared/ipc/channels.ts';
import type { ComputerHandlers } from '../../../shared/ipc/contract.ts';
import { ok } from '../../../shared/result.ts';
import { hostileAddresses } from '../../fixtures/hostile-addresses.ts';
import { sampleInput } from '../../helpers/sample-input.ts';

// Electron's own types, by way of the router: a test does not import electron.
type Handler = Parameters<Parameters<typeof registerIpc>[0]['ipcMain']['handle']>[1];
type IpcEvent = Parameters<Handler>[0];

/** The router as the app has it, before an engine and a computer that only note what reaches them. */
function setUp() {
  const handlers = new Map<string, Handler>();
  const reached: { channel: string; input: unknown }[] = [];
  const bugs: Error[] = [];
  const note = (channel: string) => (input: unknown) => {
    reached.push({ channel, input });
    return ok({});
  };
  const ownChannels = channels.filter((channel) => channel.startsWith('computer.'));
  const computer = Object.fromEntries(ownChannels.map((channel) => [channel, note(channel)]));
  registerIpc({
    ipcMain: { handle: (channel, handler: Handler) => void handlers.set(channel, handler) },
    route: createRouter({
      // The handlers' answers are not looked at here.
      computer: computer as unknown as ComputerHandlers,
      call: (channel, input) => Promise.resolve(note(channel)(input)),
      onBug: (_channel, error) => void bugs.push(error),
    }),
  });
  /** Electron's event, as far as the router looks at it. */
  const makeEvent = (url = 'app://heads-up/', isMainFrame = true) => {
    const frame = { url };
    return { senderFrame: frame, sender: { mainFrame: isMainFrame ? frame : { url } } } as unknown as IpcEvent;
  };
  const invoke = async (channel: Channel, input: unknown, event = makeEvent()): Promise<unknown> =>
    handlers.get(channel)?.(event, input);
  return { handlers, reached, bugs, makeEvent, invoke };
}

const refusal = { ok: false, error: { code: 'invalid_input' } };
const tooMuch = { ok: false, error: { code: 'invalid_input', message: 'That is too much for one call.' } };

it('registers exactly the channels of the contract', () => {
  expect([...setUp().handlers.keys()]).toEqual([...channels]);
});

it('answers our own page on every channel', async () => {
  const { invoke, makeEvent, reached } = setUp();
  for (const channel of channels) {
    expect(await invoke(channel, sampleInput(channel), makeEvent('app://heads-up/#/deliveries'))).toEqual(ok({}));
  }
  expect(reached.map(({ channel }) => channel)).toEqual([...channels]);
});

it('answers no other origin, no frame inside a page, and no frame that is gone, on any channel', async () => {
  const { invoke, makeEvent, reached } = setUp();
  const strangers = [
    ...hostileAddresses.map((url) => makeEvent(url)),
    makeEvent('app://heads-up/', false),
    { ...makeEvent(), senderFrame: null },
  ];
  for (const channel of channels) {
    const answers = await Promise.all(strangers.map((event) => invoke(channel, sampleInput(channel), event)));
    for (const answer of answers) expect(answer).toMatchObject(refusal);
  }
  expect(reached).toEqual([]);
});

describe('an input that is not as agreed', () => {
  it('is refused when it has the wrong shape, on every channel and in every field', async () => {
    const { invoke, reached, bugs } = setUp();
    const circle: Record<string, unknown> = {};
    circle['circle'] = circle;
    for (const channel of channels) {
      for (const input of [undefined, null, true, 7, Number.NaN, 'text', [], [{}], circle]) {
        expect({ channel, answer: await invoke(channel, input) }).toMatchObject({ channel, answer: refusal });
      }
      const sample = sampleInput(channel) as Record<string, unknown>;
      for (const name of Object.keys(sample)) {
        const answer = await invoke(channel, { ...sample, [name]: { not: ['what', 'was', 'agreed'] } });
        expect({ channel, name, answer }).toMatchObject({ channel, name, answer: refusal });
      }
    }
    expect({ reached, bugs }).toEqual({ reached: [], bugs: [] });
  });

  it('brings in nothing that the contract does not name, and changes no prototype', async () => {
    const { invoke, reached } = setUp();
    for (const channel of channels) {
      const hostile = { ...(sampleInput(channel) as object), extra: 'dropped', constructor: { isPolluted: true } };
      // As structured cloning and JSON both can make it: a property of this name, not a prototype.
      Object.defineProperty(hostile, '__proto__', { value: { isPolluted: true }, enumerable: true });
      // Some channels refuse such an input as a whole; what gets through is looked at.
      await invoke(channel, hostile);
    }
    expect(reached.length).toBeGreaterThan(30);
    for (const { channel, input } of reached) {
      const named = Object.getOwnPropertyNames(input);
      expect({ channel, unnamed: named.filter((name) => /extra|constructor|__proto__/.test(name)) }).toEqual({
        channel,
        unnamed: [],
      });
      expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
    }
    expect(Object.hasOwn(Object.prototype, 'isPolluted')).toBe(false);
  });

  it('is refused, when it is far too large, before it is looked at', async () => {
    const { invoke, reached, bugs } = setUp();
    const long = 'x'.repeat(2 * 1024 * 1024);
    const bytes = new Uint8Array(2 * 1024 * 1024);
    const many = Array.from({ length: 2_000_000 }, () => 0);
    for (const channel of channels) {
      const sample = sampleInput(channel) as Record<string, unknown>;
      for (const name of [...Object.keys(sample), 'extra']) {
        for (const much of [long, bytes, many, { [long]: 1 }]) {
          expect(await invoke(channel, { ...sample, [name]: much })).toMatchObject(tooMuch);
        }
      }
    }
    expect({ reached, bugs }).toEqual({ reached: [], bugs: [] });
  });

  it('does no harm when it is nested without end', async () => {
    const { invoke, reached, bugs } = setUp();
    const nest = (levels: number): unknown => {
      let deep: unknown = {};
      for (let level = 0; level < levels; level += 1) deep = { deeper: deep };
      return deep;
    };
    const deep = nest(20_000);
    for (const channel of channels) {
      const sample = sampleInput(channel) as Record<string, unknown>;
      for (const name of Object.keys(sample)) {
        expect(await invoke(channel, { ...sample, [name]: deep })).toMatchObject(refusal);
      }
    }
    expect(await invoke('status.get', nest(500_000))).toMatchObject(tooMuch);
    expect({ reached, bugs }).toEqual({ reached: [], bugs: [] });
  });
});
