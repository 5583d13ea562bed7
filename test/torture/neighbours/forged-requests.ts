import { makeWebhook, readToken, signatureToken, webhookSecret } from './webhook.ts';

/** What is tried, byte by byte, and how it may be answered; 0 is a connection that is closed without a word. */
export type Forgery = Readonly<{ name: string; text: string; may: readonly number[] }>;

type Parts = Readonly<{ method?: string; path?: string; headers?: readonly string[]; body?: string; version?: string }>;

const signature = `Postscript-Signature: ${signatureToken}`;
const secret = `X-Heads-Up-Secret: ${webhookSecret}`;
const both = [signature, secret];
const forgedText = (id: string): string => JSON.stringify(makeWebhook({ id: `forged-${id}` }));
const ofLength = (body: string): string => `Content-Length: ${Buffer.byteLength(body)}`;
const chunk = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n`;

function write({
  method = 'POST',
  path = '/webhooks/postscript',
  headers = [],
  body = '',
  version = '1.1',
}: Parts): string {
  return [`${method} ${path} HTTP/${version}`, 'Host: inbox', ...headers, '', body].join('\r\n');
}

/** A webhook with everything in order but what is named. */
function forge(name: string, may: readonly number[], headers: readonly string[], parts: Parts = {}): Forgery {
  const body = forgedText(name.replaceAll(' ', '-'));
  return { name, may, text: write({ body, ...parts, headers: [ofLength(parts.body ?? body), ...headers] }) };
}

const large = 'x'.repeat(300_000);
const twoLengths = forgedText('two-lengths');

export const forgeries: readonly Forgery[] = [
  forge('no secret', [401], []),
  forge('the signature alone', [401], [signature]),
  forge('our secret alone', [401], [secret]),
  forge('a wrong signature', [401], [`Postscript-Signature: ${'f'.repeat(40)}`, secret]),
  forge('a secret that is one letter longer', [401], [signature, `${secret}x`]),
  forge('a secret that is one letter shorter', [401], [signature, secret.slice(0, -1)]),
  forge('a secret given twice', [401], [signature, 'X-Heads-Up-Secret: guess', secret]),
  forge('the secrets in the address', [401], [], {
    path: `/webhooks/postscript?Postscript-Signature=${signatureToken}&X-Heads-Up-Secret=${webhookSecret}`,
  }),
  forge('the read token', [401], [`Authorization: Bearer ${readToken}`]),
  forge('another spelling of the path', [401, 404], [], { path: '/%77ebhooks/postscript' }),
  forge('a slash too many', [401, 404], [], { path: '//webhooks/postscript' }),
  forge('a way around', [401, 404], [], { path: '/healthz/../webhooks/postscript' }),
  forge('a whole address', [401, 404], [], { path: 'http://inbox/webhooks/postscript' }),
  forge('another method in a header', [401, 404], ['X-HTTP-Method-Override: POST'], { method: 'GET' }),
  forge('HTTP/1.0', [401], [], { version: '1.0' }),
  forge('a length of ten gigabytes', [401], [], { headers: ['Content-Length: 10000000000'], body: '{' }),
  forge('no JSON', [400], both, { body: 'SKIP' }),
  forge('a form', [400], [...both, 'Content-Type: application/x-www-form-urlencoded'], { body: 'event=shop' }),
  forge('an XML', [400], [...both, 'Content-Type: text/xml'], { body: '<event/>' }),
  forge('deep lists', [400], both, { body: '['.repeat(100_000) }),
  forge('a prototype', [400], both, {
    body: '{"event":"shop.incoming_message","__proto__":{"event_data":{"id":"forged"}}}',
  }),
  {
    name: 'too large, and says so',
    may: [413],
    text: write({ headers: [...both, ofLength(large)], body: large.slice(0, 10) }),
  },
  {
    name: 'too large, without a length',
    may: [413],
    text: write({ headers: [...both, 'Transfer-Encoding: chunked'], body: chunk(large) }),
  },
  {
    name: 'two lengths',
    may: [400],
    text: write({ headers: [...both, ofLength(twoLengths), 'Transfer-Encoding: chunked'], body: twoLengths }),
  },
  { name: 'huge headers', may: [431], text: write({ headers: [`X-Large: ${'x'.repeat(100_000)}`] }) },
  {
    name: 'thousands of headers',
    may: [401, 431],
    text: write({ headers: Array.from({ length: 5000 }, () => 'A: b') }),
  },
  { name: 'no HTTP at all', may: [400], text: 'SKIP\r\n\r\n' },
  ...['', 'Bearer', 'Bearer guess', `Bearer ${webhookSecret}`, `Basic ${readToken}`, `Bearer ${readToken}x`].map(
    (shown) => ({
      name: `the texts, with "${shown}"`,
      may: [401],
      text: write({ method: 'GET', path: '/responses', headers: [`Authorization: ${shown}`] }),
    }),
  ),
  {
    name: 'the texts, with the token in the address',
    may: [401],
    text: write({ method: 'GET', path: `/responses?token=${readToken}&access_token=${readToken}` }),
  },
  { name: 'the texts, by HEAD', may: [401], text: write({ method: 'HEAD', path: '/responses' }) },
  {
    name: 'another signature token',
    may: [401],
    text: write({
      method: 'PUT',
      path: '/signature-token',
      headers: [ofLength('{"token":"mine"}')],
      body: '{"token":"mine"}',
    }),
  },
];

/** Two on one connection, without waiting: being let in is not inherited. */
export const honestThenForged = (id: string): string => {
  const honest = JSON.stringify(makeWebhook({ id }));
  const forged = forgedText('pipelined');
  return (
    write({ headers: [...both, ofLength(honest)], body: honest }) + write({ headers: [ofLength(forged)], body: forged })
  );
};

export const replayed = (id: string): string => {
  const body = JSON.stringify(makeWebhook({ id, body: 'STOP, with other words' }));
  return write({ headers: [...both, ofLength(body)], body });
};

/** Each holds a connection and never ends. */
export const stalled: readonly string[] = [
  'POST /web',
  write({ headers: ['X-Slow: '] }).slice(0, -4),
  write({ headers: ['Content-Length: 100'], body: '{"event":' }),
];
