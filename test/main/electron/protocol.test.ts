import { expect, it } from 'vitest';
import { answerAppRequest } from '../../../main/electron/protocol.ts';
import { createRendererFiles } from '../../../main/renderer-files.ts';
import { makeRendererFolder } from '../../helpers/browser-app.ts';

const ask = (url: string, method = 'GET') =>
  answerAppRequest(new Request(url, { method }), createRendererFiles(makeRendererFolder()));

it('serves the window with the policy', async () => {
  const response = ask('app://heads-up/#/triggers');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await response.text()).toContain('<title>Heads Up</title>');
});

it.each([
  'app://heads-up/../outside.html',
  'app://heads-up/%2e%2e/outside.html',
  'app://heads-up/..%2foutside.html',
  'app://heads-up/link.html',
  'app://heads-up/assets/',
  'app://other/index.html',
])('answers 404 to %s, with the policy', (url) => {
  const response = ask(url);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

it('answers GET only', () => {
  expect(ask('app://heads-up/index.html', 'POST').status).toBe(404);
});
