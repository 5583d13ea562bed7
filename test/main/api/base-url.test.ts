import { expect, it } from 'vitest';
import { checkBaseUrl } from '../../../main/api/base-url.ts';

it.each([
  ['https://api.postscript.io', 'https://api.postscript.io'],
  [' https://inbox.example/path/// ', 'https://inbox.example/path'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
])('accepts %s', (raw, address) => {
  expect(checkBaseUrl(raw)).toEqual({ ok: true, value: address });
});

it.each([
  '',
  'api.postscript.io',
  'http://api.postscript.io',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil.example',
  'ftp://127.0.0.1',
  'https://user:password@api.example',
  'https://api.example/?key=1',
  'https://api.example/#x',
])('refuses %s', (raw) => {
  expect(checkBaseUrl(raw)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
});
