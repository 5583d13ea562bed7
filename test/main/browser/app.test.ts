import { connect } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { nonceHeader, proveControl } from '../../../main/browser/control-proof.ts';
import { controlSecret, serveBrowserApp } from '../../helpers/browser-app.ts';
import { rawRequest } from '../../helpers/raw-request.ts';
import { fail } from '../../../shared/result.ts';

const askWith = (nonce: string) => ({
  authorization: `Bearer ${proveControl(controlSecret, 'ask', nonce)}`,
  [nonceHeader]: nonce,
});

describe('signing in', () => {
  it('exchanges the token for a cookie that scripts and other sites cannot use, and cleans the address', async () => {
    const { get, sessions, port } = await serveBrowserApp();
    const response = await get(`/?token=${sessions.issueToken()}`);
    expect([response.status, response.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/#page=[\w-]{43}$/) as string,
    ]);
    expect(response.headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^heads_up_${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`)),
    ]);
  });

  it('opens the console with the cookie', async () => {
    const { get, signIn } = await serveBrowserApp();
    const response = await get('/', await signIn());
    expect(response.status).toBe(200);
    expect(response.body).toContain('<title>Heads Up</title>');
  });

  it('takes a token once, but brings a browser that is signed in to the console', async () => {
    const { get, sessions } = await serveBrowserApp();
    const path = `/?token=${sessions.issueToken()}`;
    const first = await get(path);
    const cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const stranger = await get(path);
    expect(stranger.status).toBe(401);
    expect(stranger.headers['set-cookie']).toBeUndefined();
    const again = await get(path, { cookie });
    expect([again.status, again.headers.location]).toEqual([303, '/']);
  });

  it('refuses a token after 15 minutes', async () => {
    const { get, sessions, clock } = await serveBrowserApp();
    const inTime = sessions.issueToken();
    const late = sessions.issueToken();
    clock.now += 15 * 60_000 - 1;
    expect((await get(`/?token=${inTime}`)).status).toBe(303);
    clock.now += 1;
    expect((await get(`/?token=${late}`)).status).toBe(401);
  });

  it.each(['/', '/?token=', '/?token=guess', '/index.html', '/assets/index-abc.js', '/nothing', '/favicon.ico'])(
    'shows a stranger at %s how to get in, and nothing else',
    async (path) => {
      const { get } = await serveBrowserApp();
      const response = await get(path, { cookie: 'heads_up_1=guess' });
      expect(response.status).toBe(401);
      expect(response.body).toContain('npm start');
      expect(response.body).not.toContain('<script');
    },
  );

  it('refuses a made-up cookie', async () => {
    const { get, port } = await serveBrowserApp();
    expect((await get('/', { cookie: `heads_up_${port}=${'A'.repeat(43)}` })).status).toBe(401);
  });
});

describe('who may ask', () => {
  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]', 'evil.example:80'])(
    'refuses the Host "%s", with a good cookie too',
    async (host) => {
      const { get, post, signIn, origin } = await serveBrowserApp();
      const cookie = await signIn();
      expect((await get('/', { ...cookie, host })).status).not.toBe(200);
      expect((await post('/api/call', { ...cookie, host, origin })).status).not.toBe(200);
    },
  );

  it('refuses a request that names no Host at all', async () => {
    const { port, signIn } = await serveBrowserApp();
    const { cookie } = await signIn();
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET / HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`));
    expect((await readText(socket)).split('\r\n')[0]).toMatch(/ (400|403) /);
  });

  it.each([
    ['no Origin', {}],
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['an opaque origin', { origin: 'null' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['another local program', { 'sec-fetch-site': 'same-site' }],
  ])('refuses a call from %s', async (name, headers: Record<string, string>) => {
    const { post, signIn, origin } = await serveBrowserApp();
    const own = name === 'no Origin' ? {} : { origin };
    const response = await post('/api/call', { ...(await signIn()), ...own, ...headers });
    expect(response.status).toBe(403);
    expect(JSON.parse(response.body)).toMatchObject({ ok: false });
  });

  it('refuses to open the event stream for another site', async () => {
    const { get, signIn } = await serveBrowserApp();
    expect((await get('/api/events', { ...(await signIn()), 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it.each(['/api/call', '/api/events', '/api/anything'])('answers 401 without a session at %s', async (path) => {
    const { get, post, origin } = await serveBrowserApp();
    const response = path === '/api/call' ? await post(path, { origin }) : await get(path);
    expect(response.status).toBe(401);
    expect(JSON.parse(response.body)).toMatchObject({ ok: false, error: { code: 'unreachable' } });
  });
});

describe('the page key', () => {
  it.each([
    ['the cookie alone, which every port of this computer is shown', ({ cookie }: { cookie: string }) => ({ cookie })],
    ['the key alone', ({ 'X-Heads-Up-Page': key }) => ({ 'X-Heads-Up-Page': key })],
    ['a key that is made up', ({ cookie }) => ({ cookie, 'X-Heads-Up-Page': 'A'.repeat(43) })],
    ['an empty key', ({ cookie }) => ({ cookie, 'X-Heads-Up-Page': '' })],
  ] satisfies [string, (signedIn: { cookie: string; 'X-Heads-Up-Page': string }) => object][])(
    'is asked for beside the cookie: %s opens no call and no stream',
    async (_name, show) => {
      const { get, post, signIn, origin } = await serveBrowserApp();
      const shown = show(await signIn()) as Record<string, string>;
      expect((await post('/api/call', { ...shown, origin })).status).toBe(401);
      expect((await get('/api/events', shown)).status).toBe(401);
    },
  );

  it('is that of its own session, not of another one', async () => {
    const { post, signIn, origin } = await serveBrowserApp();
    const { cookie } = await signIn();
    const other = await signIn();
    expect((await post('/api/call', { ...other, cookie, origin })).status).toBe(401);
    expect((await post('/api/call', { ...other, origin })).status).toBe(200);
  });
});

describe('every answer', () => {
  it('carries the policy, whatever it is', async () => {
    const { get, post, signIn, origin } = await serveBrowserApp();
    const cookie = await signIn();
    const answers = await Promise.all([
      get('/'),
      get('/', cookie),
      get('/nothing', cookie),
      get('/', { host: 'evil.example' }),
      post('/api/call', { ...cookie, origin }),
      post('/api/call', { ...cookie, origin: 'null' }),
      post('/nothing', {}),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 200, 404, 403, 200, 403, 404]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
          "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('files', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', 'no-store'],
    ['/index.html', 'text/html; charset=utf-8', 'no-store'],
    ['/assets/index-abc.js', 'text/javascript; charset=utf-8', 'private, max-age=31536000, immutable'],
    ['/assets/index-abc.css?v=1', 'text/css; charset=utf-8', 'private, max-age=31536000, immutable'],
  ])('serves %s as %s', async (path, type, cache) => {
    const { get, signIn } = await serveBrowserApp();
    const { status, headers } = await get(path, await signIn());
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, type, cache]);
  });

  it.each([
    '/../outside.html',
    '/assets/../../outside.html',
    '/..%2foutside.html',
    '/%2e%2e/outside.html',
    '/%2e%2e%2foutside.html',
    '/..%5coutside.html',
    '/..\\outside.html',
    '/....//outside.html',
    '/assets/%252e%252e/%252e%252e/outside.html',
    '//outside.html',
    '/./../outside.html',
    '/..;/outside.html',
    '/link.html',
    '/notes.unknown',
    '/index.html%00.js',
    '/assets',
    '/assets/',
    '/INDEX.HTML',
    '/%',
    '/file:///etc/passwd',
    '//etc/passwd',
    '/constructor',
    'http://evil.example/outside.html',
  ])('never serves anything for %s', async (path) => {
    const { get, signIn } = await serveBrowserApp();
    const { status, body } = await get(path, await signIn());
    expect([400, 404]).toContain(status);
    expect(body).not.toMatch(/OUTSIDE|UNKNOWN TYPE|root:/);
  });
});

describe('calls', () => {
  it('hands channel and input to the router and its Result back', async () => {
    const { post, signIn, origin } = await serveBrowserApp();
    const body = JSON.stringify({ channel: 'deliveries.get', input: { id: 7 } });
    const own = { ...(await signIn()), origin, 'sec-fetch-site': 'same-origin' };
    const response = await post('/api/call', own, body);
    expect(response.status).toBe(200);
    expect(JSON.parse(response.body)).toEqual({ ok: true, value: { channel: 'deliveries.get', input: { id: 7 } } });
  });

  it('answers 200 to a failed Result too: it is an answer', async () => {
    const { post, signIn, origin } = await serveBrowserApp({
      route: () => Promise.resolve(fail('not_found', 'Gone.')),
    });
    const response = await post('/api/call', { ...(await signIn()), origin });
    expect(response.status).toBe(200);
    expect(JSON.parse(response.body)).toEqual({ ok: false, error: { code: 'not_found', message: 'Gone.' } });
  });

  it.each(['', 'text', '[]', 'null'])('answers 400 to the body "%s"', async (body) => {
    const { post, signIn, origin } = await serveBrowserApp();
    expect((await post('/api/call', { ...(await signIn()), origin }, body)).status).toBe(400);
  });

  it('refuses a call above 1 MB', async () => {
    const { post, signIn, origin } = await serveBrowserApp();
    const body = JSON.stringify({ channel: 'status.get', input: 'x'.repeat(1024 * 1024) });
    expect((await post('/api/call', { ...(await signIn()), origin }, body)).status).toBe(413);
  });
});

describe('the control door', () => {
  it('gives a second start a link that works once', async () => {
    const { post, get, origin } = await serveBrowserApp();
    const response = await post('/control/link', askWith('n1'));
    const { url, proof } = JSON.parse(response.body) as { url: string; proof: string };
    expect(proof).toBe(proveControl(controlSecret, 'link', 'n1', url));
    expect(url.startsWith(`${origin}/?token=`)).toBe(true);
    const path = url.slice(origin.length);
    expect([(await get(path)).status, (await get(path)).status]).toEqual([303, 401]);
  });

  it.each([
    {},
    { authorization: 'Bearer guess' },
    { authorization: `Bearer ${controlSecret}` },
    { ...askWith('n1'), [nonceHeader]: 'n2' },
    { authorization: askWith('').authorization },
  ])('stays shut for %j', async (headers) => {
    const { post } = await serveBrowserApp();
    expect((await post('/control/link', headers as Record<string, string>)).status).toBe(401);
  });

  it('stays shut for a browser, whatever it shows', async () => {
    const { post, origin, signIn, port } = await serveBrowserApp();
    const headers = { ...askWith('n1'), origin, ...(await signIn()) };
    expect((await post('/control/link', headers)).status).toBe(401);
    expect((await rawRequest(port, { path: '/control/link' })).status).toBe(401);
  });
});
