import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @typedef {{ port: number, cookie: string, pageKey: string }} Host */

const SCRIPT = `new EventSource('/dev/events').onmessage = () => location.reload();`;

/**
 * What the tab sees of `npm run dev`: the browser host of the moment, under one address and one session, with a script
 * in its page that reloads it. As picky as the host about who may ask (docs/browser-host.md); who holds its cookie is
 * signed in to every host that comes.
 *
 * @param {number} wantedPort 0 takes any free one
 */
export async function openFront(wantedPort) {
  const secret = randomBytes(32).toString('base64url');
  /** @type {PromiseWithResolvers<Host>} */
  let host = Promise.withResolvers();
  let isConnected = false;
  /** @type {Set<ServerResponse>} */
  const tabs = new Set();

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const { host: askedHost, origin: askedOrigin = origin } = request.headers;
    // A page of another site whose name was made to point here still sends its own name.
    if (askedHost !== new URL(origin).host || askedOrigin !== origin) refuse(response, 403, 'Not from the console.');
    else if (url.pathname === '/' && isSecret(url.searchParams.get('token'))) {
      const cookie = `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
      response.writeHead(303, { location: '/', 'set-cookie': cookie }).end();
    } else if (!isSecret(readCookie(request, cookieName))) {
      refuse(response, 401, 'Open the link that npm run dev has printed.');
    } else if (url.pathname === '/dev/reload.js') {
      response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' }).end(SCRIPT);
    } else if (url.pathname === '/dev/events') {
      tabs.add(response);
      response.once('close', () => tabs.delete(response));
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write('\n');
    } else {
      // Between two hosts it waits for the next one.
      void host.promise.then((current) => {
        if (!response.destroyed) forward(request, response, current, url.pathname === '/');
      });
    }
  });
  server.listen(wantedPort, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : wantedPort;
  const origin = `http://127.0.0.1:${port}`;
  const cookieName = `heads_up_dev_${port}`;

  /** @param {string | null | undefined} shown */
  function isSecret(shown) {
    const given = Buffer.from(shown ?? '');
    const expected = Buffer.from(secret);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  return {
    link: `${origin}/?token=${secret}`,
    /** @param {string} link what a host has printed; works once */
    async connect(link) {
      const answer = await fetch(link, { redirect: 'manual' });
      const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      isConnected = true;
      const pageKey = /#page=(.+)$/.exec(answer.headers.get('location') ?? '')?.[1] ?? '';
      host.resolve({ port: Number(new URL(link).port), cookie, pageKey });
    },
    /** What is asked from now on waits for the next host. */
    disconnect() {
      if (isConnected) host = Promise.withResolvers();
      isConnected = false;
    },
    reload() {
      for (const tab of tabs) tab.write('data: reload\n\n');
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {Host} host
 * @param {boolean} isPage
 */
function forward(request, response, { port, cookie, pageKey }, isPage) {
  const { method = 'GET', url = '/', headers } = request;
  const origin = headers.origin && { origin: `http://127.0.0.1:${port}` };
  const own = { host: `127.0.0.1:${port}`, cookie, 'x-heads-up-page': pageKey, ...origin };
  const asked = ask({ host: '127.0.0.1', port, method, path: url, headers: { ...headers, ...own } }, (answer) => {
    if (isPage) {
      void addReload(answer, response);
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.once('error', () => response.destroy());
  });
  // To the tab it looks as if the host itself had gone away, which the console knows how to take.
  asked.once('error', () => response.destroy());
  response.once('close', () => asked.destroy());
  request.pipe(asked);
}

/**
 * @param {IncomingMessage} answer
 * @param {ServerResponse} response
 */
async function addReload(answer, response) {
  const page = (await answer.setEncoding('utf8').toArray()).join('');
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, headers);
  response.end(page.replace('</head>', '<script src="/dev/reload.js"></script></head>'));
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {string} why
 */
function refuse(response, status, why) {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(why);
}

/**
 * @param {IncomingMessage} request
 * @param {string} name
 */
function readCookie(request, name) {
  const cookies = (request.headers.cookie ?? '').split('; ');
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}
