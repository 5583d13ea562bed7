import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createEventStream } from '../../../main/browser/event-stream.ts';
import { serveBrowserApp } from '../../helpers/browser-app.ts';

async function listen(port: number, headers: Record<string, string>) {
  const outgoing = get({ host: '127.0.0.1', port, path: '/api/events', headers });
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  onTestFinished(() => void outgoing.destroy());
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  // The server may cut the connection when the test ends.
  response.on('error', () => undefined);
  const ended = new Promise<boolean>((resolve) => response.once('end', () => resolve(true)));
  return {
    response,
    ended,
    waitFor: async (pattern: RegExp): Promise<string> => {
      await vi.waitFor(() => expect(text).toMatch(pattern), { timeout: 20_000 });
      return text;
    },
  };
}

it('tells every open tab the name of the event and nothing else', async () => {
  const { port, signIn, events } = await serveBrowserApp();
  const cookie = await signIn();
  const tabs = await Promise.all([listen(port, cookie), listen(port, cookie)]);
  for (const tab of tabs) {
    expect(tab.response.headers['content-type']).toBe('text/event-stream');
    await tab.waitFor(/retry: 1000\n\n/);
  }
  events.send('changed');
  for (const tab of tabs) expect(await tab.waitFor(/data/)).toBe('retry: 1000\n\ndata: changed\n\n');
});

it('sends a heartbeat while nothing happens', async () => {
  const { port, signIn } = await serveBrowserApp({ heartbeatMs: 5 });
  const tab = await listen(port, await signIn());
  expect(await tab.waitFor(/still here/)).toContain(': still here\n\n');
});

it('ends the streams when the host closes', async () => {
  const { port, signIn, events } = await serveBrowserApp();
  const tab = await listen(port, await signIn());
  await tab.waitFor(/retry/);
  events.close();
  expect(await tab.ended).toBe(true);
});

it('forgets a tab that was closed', async () => {
  const events = createEventStream();
  onTestFinished(events.close);
  for (let opened = 0; opened < 200; opened += 1) {
    const stream = events.open();
    expect(stream).toBeDefined();
    await stream?.cancel();
  }
});

it('refuses the tab after the fiftieth', () => {
  const events = createEventStream();
  onTestFinished(events.close);
  const opened = Array.from({ length: 51 }, () => events.open());
  expect(opened.map((stream) => stream !== undefined)).toEqual([...Array.from({ length: 50 }, () => true), false]);
});

it('cuts off a tab that does not read', () => {
  const events = createEventStream();
  onTestFinished(events.close);
  const streams = Array.from({ length: 50 }, () => events.open());
  expect(streams).toHaveLength(50);
  for (let sent = 0; sent < 200; sent += 1) events.send('changed');
  expect(events.open()).toBeDefined();
});
