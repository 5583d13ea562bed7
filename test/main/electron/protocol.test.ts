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

/** Ways out of a folder, and ways to say its name otherwise. */
const paths = [
  '../outside.html',
  '/../outside.html',
  '../../../../../../etc/passwd',
  '%2e%2e/outside.html',
  '%2e%2e%2foutside.html',
  '..%2foutside.html',
  '..%5coutside.html',
  '..\\outside.html',
  '%252e%252e/outside.html',
  '%c0%ae%c0%ae/outside.html',
  '..;/outside.html',
  './././../outside.html',
  'assets/../../outside.html',
  'assets/%2e%2e/%2e%2e/outside.html',
  'index.html%00.js',
  'index.html%00',
  'index.html%20',
  'index.html.',
  'index.html/',
  'INDEX.HTML',
  'index%2ehtml',
  '//index.html',
  '%2findex.html',
  '/etc/passwd',
  'file:///etc/passwd',
  'C:/Windows/win.ini',
  'C:%5CWindows%5Cwin.ini',
  'index.html:$DATA',
  'index\u200b.html',
  '\uff0e\uff0e/outside.html',
  '\u2025/outside.html',
  'link.html',
  'assets',
  'assets/',
  '.env',
  'package.json',
  '__proto__',
  'constructor',
  'a'.repeat(100_000),
  `${'../'.repeat(5_000)}etc/passwd`,
];

it('answers 404 to every path that is not to the letter one of its files, with the policy', async () => {
  for (const path of paths) {
    const response = ask(`app://heads-up/${path}`);
    expect({ path: path.slice(0, 60), status: response.status }).toEqual({ path: path.slice(0, 60), status: 404 });
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toBe('Not found.');
  }
});

it.each(['app://other/index.html', 'app://heads-up.evil/index.html'])('answers 404 to %s', (url) => {
  expect(ask(url).status).toBe(404);
});

it('answers GET only', () => {
  expect(ask('app://heads-up/index.html', 'POST').status).toBe(404);
});
