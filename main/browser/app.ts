import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { pageKeyHeader, pageKeyMark } from '../../shared/page-key.ts';
import { fail } from '../../shared/result.ts';
import type { Router } from '../contract-router.ts';
import { securityHeaders, type RendererFiles } from '../renderer-files.ts';
import { isSameProof, nonceHeader, proveControl } from './control-proof.ts';
import type { EventStream } from './event-stream.ts';
import { signInPage } from './pages.ts';
import type { Sessions } from './session.ts';

type BrowserAppDeps = Readonly<{
  /** Asked per request, because the port is known only once the server listens. */
  port: () => number;
  route: Router;
  sessions: Sessions;
  events: EventStream;
  files: RendererFiles;
  /** What a second `npm start` proves that it knows to get a link; it reads it from the instance file. */
  controlSecret: string;
}>;

const maxCallBytes = 1024 * 1024;
const callSchema = z.object({ channel: z.unknown(), input: z.unknown() });
const unread = { Connection: 'close' };

/** The console over HTTP, for this computer and for browsers that hold a session only. */
export function createBrowserApp(deps: BrowserAppDeps): Hono {
  const { port, route, sessions, events, files, controlSecret } = deps;
  const app = new Hono();
  const origin = (): string => `http://127.0.0.1:${port()}`;
  // Cookies do not know ports: with the port in the name, two consoles on one computer keep theirs apart.
  const cookieName = (): string => `heads_up_${port()}`;

  const hasSession = (context: Context): boolean => sessions.isOpen(getCookie(context, cookieName()));

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) context.res.headers.set(name, value);
    if (!context.res.headers.has('Cache-Control')) context.res.headers.set('Cache-Control', 'no-store');
  });

  app.use(async (context, next) => {
    // A page of another site whose name was made to point at 127.0.0.1 still sends its own name here.
    if (context.req.header('Host') !== `127.0.0.1:${port()}`) return context.text('Wrong address.', 403, unread);
    return next();
  });

  app.post('/control/link', (context) => {
    const nonce = context.req.header(nonceHeader) ?? '';
    const expected = `Bearer ${proveControl(controlSecret, 'ask', nonce)}`;
    // A browser always names the origin of a POST; the second start does not.
    const isBrowser = context.req.header('Origin') !== undefined;
    if (isBrowser || nonce === '' || !isSameProof(context.req.header('Authorization') ?? '', expected)) {
      return context.json({ error: 'not authorised' }, 401, unread);
    }
    const url = `${origin()}/?token=${sessions.issueToken()}`;
    return context.json({ url, proof: proveControl(controlSecret, 'link', nonce, url) });
  });

  const guardApi: MiddlewareHandler = async (context, next) => {
    const site = context.req.header('Sec-Fetch-Site');
    const isOwnPage = site === undefined || site === 'same-origin';
    const isOwnPost = context.req.method === 'GET' || context.req.header('Origin') === origin();
    if (!isOwnPage || !isOwnPost) return context.json(fail('invalid_input', 'Not from the console.'), 403, unread);
    // An event stream cannot carry a header.
    const pageKey = context.req.header(pageKeyHeader) ?? context.req.query('page');
    if (!sessions.isPage(getCookie(context, cookieName()), pageKey))
      return context.json(fail('unreachable', 'Not signed in.'), 401, unread);
    return next();
  };
  app.use('/api/*', guardApi);

  app.post(
    '/api/call',
    bodyLimit({
      maxSize: maxCallBytes,
      onError: (context) => context.json(fail('invalid_input', 'That is too much at once.'), 413, unread),
    }),
    async (context) => {
      const call = callSchema.safeParse(parseJson(await context.req.text()));
      if (!call.success) return context.json(fail('invalid_input', 'Not a call.'), 400);
      return context.json(await route(call.data.channel, call.data.input));
    },
  );

  app.get('/api/events', (context) => {
    const stream = events.open();
    if (stream === undefined) return context.json(fail('conflict', 'Too many tabs are open.'), 503);
    return context.body(stream, 200, { 'Content-Type': 'text/event-stream' });
  });

  app.get('*', (context) => {
    const token = context.req.query('token');
    if (token !== undefined && context.req.path === '/') {
      const session = sessions.redeemToken(token);
      // The used token leaves the address bar and the history.
      if (session === null) return hasSession(context) ? context.redirect('/', 303) : context.html(signInPage, 401);
      setCookie(context, cookieName(), session.id, { httpOnly: true, sameSite: 'Strict', path: '/' });
      // What follows the # is never asked for: it reaches the page and nobody else. The page takes it away.
      return context.redirect(`/#${pageKeyMark}${session.pageKey}`, 303);
    }
    if (!hasSession(context)) return context.html(signInPage, 401);
    const file = files.find(context.req.path);
    if (file === undefined) return context.text('Not found.', 404);
    const cache = file.isImmutable ? 'private, max-age=31536000, immutable' : 'no-store';
    return context.body(file.body, 200, { 'Content-Type': file.type, 'Cache-Control': cache });
  });

  app.notFound((context) => context.text('Not found.', 404, unread));
  return app;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
