import { expect, it } from 'vitest';
import { parseInboxSettings } from '../../../main/inbox/settings.ts';

const environment = {
  HEADS_UP_INBOX_DATABASE: '/data/inbox.sqlite',
  HEADS_UP_INBOX_SIGNATURE_TOKEN: 'not-a-real-signature',
  HEADS_UP_INBOX_WEBHOOK_SECRET: 'not-a-real-webhook-secret',
  HEADS_UP_INBOX_READ_TOKEN: 'not-a-real-read-token',
};

it('fills in what has a default and listens on loopback only', () => {
  expect(parseInboxSettings({ ...environment, HEADS_UP_INBOX_PORT: '' })).toEqual({
    ok: true,
    value: {
      port: 8787,
      host: '127.0.0.1',
      databasePath: '/data/inbox.sqlite',
      signatureToken: 'not-a-real-signature',
      webhookSecret: 'not-a-real-webhook-secret',
      readToken: 'not-a-real-read-token',
      retentionDays: 30,
    },
  });
});

it('names every variable that is missing', () => {
  const result = parseInboxSettings({});
  const message = result.ok ? '' : result.error.message;
  const needed = Object.keys(environment).filter((name) => name !== 'HEADS_UP_INBOX_SIGNATURE_TOKEN');
  for (const name of needed) expect(message).toContain(`${name} is needed`);
});

it('waits for the console to hand the signature token over when none is set', () => {
  const { HEADS_UP_INBOX_SIGNATURE_TOKEN: _unset, ...rest } = environment;
  expect(parseInboxSettings(rest)).toMatchObject({ ok: true, value: { signatureToken: null } });
});

it.each([
  ['HEADS_UP_INBOX_PORT', '70000'],
  ['HEADS_UP_INBOX_PORT', 'http'],
  ['HEADS_UP_INBOX_RETENTION_DAYS', '0'],
  ['HEADS_UP_INBOX_RETENTION_DAYS', '1.5'],
  ['HEADS_UP_INBOX_READ_TOKEN', 'shortish'],
  ['HEADS_UP_INBOX_WEBHOOK_SECRET', 'shortish'],
])('refuses %s=%s by name and does not repeat the value', (name, value) => {
  const result = parseInboxSettings({ ...environment, [name]: value });
  const message = result.ok ? '' : result.error.message;
  expect(message).toContain(`${name} must`);
  expect(message).not.toContain(value);
});
