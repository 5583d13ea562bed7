import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startChild } from '../../helpers/child.ts';
import { makeWebhook, readToken, signatureToken, signed, toListed, webhookSecret } from '../../helpers/inbox-server.ts';
import { scratch } from '../../helpers/scratch.ts';

function makeEnvironment(): Record<string, string> {
  const folder = mkdtempSync(join(scratch, 'heads-up-inbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return {
    HEADS_UP_INBOX_PORT: '0',
    HEADS_UP_INBOX_DATABASE: join(folder, 'new-folder', 'inbox.sqlite'),
    HEADS_UP_INBOX_SIGNATURE_TOKEN: signatureToken,
    HEADS_UP_INBOX_WEBHOOK_SECRET: webhookSecret,
    HEADS_UP_INBOX_READ_TOKEN: readToken,
  };
}

const start = (environment: Record<string, string>) =>
  startChild(process.execPath, ['scripts/run-source.mjs', 'inbox'], environment);

it.each(['SIGINT', 'SIGTERM'] as const)(
  'serves until %s, ends with 0 and still has everything after it',
  async (signal) => {
    const environment = makeEnvironment();
    const first = start(environment);
    const url = (await first.waitFor(/ready: (\S+)/))[1] ?? '';
    const body = JSON.stringify(makeWebhook());
    const posted = await fetch(`${url}/webhooks/postscript`, { method: 'POST', headers: signed, body });
    expect(posted.status).toBe(200);
    first.kill(signal);
    expect(await first.exitCode).toBe(0);

    const second = start(environment);
    const again = (await second.waitFor(/ready: (\S+)/))[1] ?? '';
    const listed = await fetch(`${again}/responses`, { headers: { authorization: `Bearer ${readToken}` } });
    expect((await toListed(listed)).responses).toHaveLength(1);
    second.kill(signal);
    expect(await second.exitCode).toBe(0);
  },
);

it('keeps what it answered for when it is killed', async () => {
  const environment = makeEnvironment();
  const first = start(environment);
  const url = (await first.waitFor(/ready: (\S+)/))[1] ?? '';
  await fetch(`${url}/webhooks/postscript`, { method: 'POST', headers: signed, body: JSON.stringify(makeWebhook()) });
  first.kill('SIGKILL');
  await first.exitCode;

  const second = start(environment);
  const again = (await second.waitFor(/ready: (\S+)/))[1] ?? '';
  const listed = await fetch(`${again}/responses`, { headers: { authorization: `Bearer ${readToken}` } });
  expect((await toListed(listed)).responses).toHaveLength(1);
});

it('ends with 1 and names the variable when a setting is wrong, without showing any value', async () => {
  const child = start({ ...makeEnvironment(), HEADS_UP_INBOX_READ_TOKEN: 'shortish' });
  expect(await child.exitCode).toBe(1);
  expect(child.output()).toContain('HEADS_UP_INBOX_READ_TOKEN must have 20 characters or more');
  for (const value of ['shortish', signatureToken, webhookSecret]) expect(child.output()).not.toContain(value);
});

it('ends with 1 and a sentence when the port is taken', async () => {
  const environment = makeEnvironment();
  const first = start(environment);
  const port = new URL((await first.waitFor(/ready: (\S+)/))[1] ?? '').port;
  const second = start({ ...makeEnvironment(), HEADS_UP_INBOX_PORT: port });
  expect(await second.exitCode).toBe(1);
  expect(second.output()).toContain(
    `The inbox cannot start: Another program uses the port ${port}. End it, or choose another port with HEADS_UP_INBOX_PORT.`,
  );
  // The one that has it goes on.
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});
