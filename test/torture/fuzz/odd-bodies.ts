import { gzipSync } from 'node:zlib';
import type { Random } from '../../../main/practice/random.ts';

export type Body = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  bytes: Uint8Array<ArrayBuffer>;
}>;

const json = { 'content-type': 'application/json' };
const encode = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

export function jsonBody(text: string): Body {
  return { status: 200, headers: json, bytes: encode(text) };
}

/** An answer as a whole gone wrong on its way; `text` is what it should have been. */
export function damageBody(text: string, random: Random): Body {
  const kind = random.weighted([
    ['truncated', 20],
    ['html', 8],
    ['byte order mark', 8],
    ['utf-16', 6],
    ['latin-1', 6],
    ['noise', 15],
    ['twice', 5],
    ['nothing', 5],
    ['too large', 1],
    ['deep', 5],
    ['duplicate keys', 10],
    ['gzip as it is', 3],
    ['error', 8],
  ]);
  switch (kind) {
    case 'truncated':
      return { status: 200, headers: json, bytes: encode(text).slice(0, random.between(0, text.length - 1)) };
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html' }, bytes: encode('<!doctype html><h1>Log in</h1>') };
    case 'byte order mark':
      return jsonBody(`\ufeff${text}`);
    case 'utf-16':
      return { status: 200, headers: json, bytes: new Uint8Array(Buffer.from(text, 'utf16le')) };
    case 'latin-1':
      return { status: 200, headers: json, bytes: new Uint8Array(Buffer.from(text.replace(/[aeiou]/, 'é'), 'latin1')) };
    case 'noise': {
      const bytes = encode(text);
      for (let hit = 0; hit < 3; hit += 1) bytes[random.between(0, bytes.length - 1)] = random.between(0, 255);
      return { status: 200, headers: json, bytes };
    }
    case 'twice':
      return jsonBody(text + text);
    case 'nothing':
      return jsonBody(random.pick(['', ' ', 'null', '[]', '{}', '0', '"text"', '{"data":null}', '{"data":{}}']));
    case 'too large':
      return jsonBody(`{"data":[{"id":"${'x'.repeat(10_500_000)}"}]}`);
    case 'deep':
      return jsonBody(`{"data":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    case 'duplicate keys':
      return jsonBody(text.replace(/^\{/, '{"data":"other","__proto__":{"isPolluted":true},'));
    case 'gzip as it is':
      return { status: 200, headers: json, bytes: new Uint8Array(gzipSync(text)) };
    case 'error':
      return {
        status: random.pick([301, 400, 401, 403, 404, 408, 418, 422, 429, 500, 502, 503]),
        headers: { 'content-type': 'text/plain', 'retry-after': random.pick(['1', '-5', 'soon', '9'.repeat(400)]) },
        bytes: encode(random.pick(['', text, '{"errors":[[[[[[{}]]]]]]}', '<html>'])),
      };
  }
}
