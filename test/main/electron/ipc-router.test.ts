import { expect, it } from 'vitest';
import { registerIpc } from '../../../main/electron/ipc-router.ts';
import { channels } from '../../../shared/ipc/channels.ts';
import { ok } from '../../../shared/result.ts';

// Electron's own types, by way of the router: a test does not import electron.
type Handler = Parameters<Parameters<typeof registerIpc>[0]['ipcMain']['handle']>[1];
type IpcEvent = Parameters<Handler>[0];

function setUp() {
  const handlers = new Map<string, Handler>();
  registerIpc({
    ipcMain: { handle: (channel, handler: Handler) => void handlers.set(channel, handler) },
    route: (channel, input) => Promise.resolve(ok({ channel, input })),
  });
  /** Electron's event, as far as the router looks at it. */
  const makeEvent = (url: string, isMainFrame = true) => {
    const frame = { url };
    return {
      senderFrame: frame,
      sender: { mainFrame: isMainFrame ? frame : { url } },
    } as unknown as IpcEvent;
  };
  const invoke = (event: IpcEvent): unknown => handlers.get('status.get')?.(event, { any: 1 });
  return { handlers, makeEvent, invoke };
}

it('registers exactly the channels of the contract', () => {
  expect([...setUp().handlers.keys()]).toEqual([...channels]);
});

it('routes calls of our own page', async () => {
  const { invoke, makeEvent } = setUp();
  expect(await invoke(makeEvent('app://heads-up/#/deliveries'))).toEqual(
    ok({ channel: 'status.get', input: { any: 1 } }),
  );
});

it.each([
  'https://evil.example/',
  'app://heads-up.evil/',
  'app://heads-up',
  'file:///app://heads-up/',
  'about:blank',
  '',
])('refuses a page at "%s"', async (url) => {
  const { invoke, makeEvent } = setUp();
  expect(await invoke(makeEvent(url))).toMatchObject({ ok: false });
});

it('refuses a frame inside our page, and one that is gone', async () => {
  const { invoke, makeEvent } = setUp();
  expect(await invoke(makeEvent('app://heads-up/', false))).toMatchObject({ ok: false });
  expect(await invoke({ ...makeEvent('app://heads-up/'), senderFrame: null })).toMatchObject({ ok: false });
});
