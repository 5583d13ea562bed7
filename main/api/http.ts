import type { RemoteError, RemoteErrorKind, RemoteResult } from '../../shared/domain/remote.ts';
import { checkBaseUrl } from './base-url.ts';
import { cutText, parseErrorAnswer } from './errors.ts';
import { toFetchFailure } from './fetch-failure.ts';
import type { Http, HttpAnswer, HttpOptions, HttpRequest } from './http-types.ts';
import { readBody, type BodyRead } from './read-body.ts';

const tenMiB = 10 * 1024 * 1024;
const keptBody = 2000;
/** Shorter header values are words like `application/json`, not secrets. */
const shortestSecret = 8;

type Prepared = Readonly<{ url: URL; init: RequestInit; hideSecrets: (text: string) => string }>;

/**
 * The one way out to a remote service.
 *
 * Every request is made once; only after a 421, which says that it reached the wrong server and was not looked at, does
 * fetch itself repeat it. A redirect is an error and never followed, so a key cannot be carried to another host
 * (postscript-api.md 10, rule 9). What became of the request is told by the error's kind: only `not_sent` and
 * `rate_limited` are certain not to have been applied.
 *
 * Throws when the base URL is not one that `checkBaseUrl` accepts: addresses are checked where a person types them.
 */
export function createHttp(options: HttpOptions): Http {
  const base = checkBaseUrl(options.baseUrl);
  if (!base.ok) throw new Error(`Expected a checked base URL: ${base.error.message}`);
  const { timeoutMs, maxBodyBytes = tenMiB, limiter, service = 'The service', now = Date.now } = options;

  const exchange = async ({ url, init, hideSecrets }: Prepared): Promise<RemoteResult<HttpAnswer>> => {
    const abort = new AbortController();
    let isTimeout = false;
    const timer = setTimeout(() => {
      isTimeout = true;
      abort.abort();
    }, timeoutMs);
    try {
      const fetch = options.fetch ?? globalThis.fetch;
      const response = await fetch(url, { ...init, redirect: 'manual', signal: abort.signal });
      const body = await readBody(response, maxBodyBytes);
      if (response.ok) return readAnswer(response, body, hideSecrets);
      if (isRedirect(response))
        return refused('bad_answer', response.status, `${service} answered with a redirect, which is not followed.`);
      return {
        ok: false,
        error: parseErrorAnswer({
          service,
          status: response.status,
          text: body.text === null ? null : hideSecrets(body.text),
          retryAfter: response.headers.get('retry-after'),
          date: response.headers.get('date'),
          now: now(),
        }),
      };
    } catch (error) {
      return { ok: false, error: toFetchFailure(error, service, isTimeout, timeoutMs) };
    } finally {
      clearTimeout(timer);
      // Ends an exchange whose body was not read to its end; a finished one does not notice.
      abort.abort();
    }
  };

  const readAnswer = (
    { status, headers }: Response,
    body: BodyRead,
    hide: (text: string) => string,
  ): RemoteResult<HttpAnswer> => {
    const answeredAt = toInstant(headers.get('date'));
    const bad = (what: string): RemoteResult<never> =>
      refused('bad_answer', status, `${service} answered ${status}, but ${what}.`, hide(body.text ?? ''));
    // Thrown on to become `no_answer`: a write may have been applied, and a read has nothing to show.
    if (body.end === 'broken') throw body.error;
    if (body.end === 'too_large') return bad(`the body is larger than ${maxBodyBytes} bytes`);
    if (body.text.trim() === '') return { ok: true, value: { status, answeredAt, json: null, text: '' } };
    try {
      const json: unknown = JSON.parse(body.text);
      return { ok: true, value: { status, answeredAt, json, text: hide(body.text) } };
    } catch {
      return bad(body.text.trimStart().startsWith('<') ? 'with a web page instead of data' : 'the body is not JSON');
    }
  };

  return {
    request: async (request) => {
      const prepared = prepare(base.value, { ...options.headers(), ...request.headers }, request);
      if (prepared === null)
        return refused('rejected', null, 'This request cannot be written down safely, so nothing was sent.');
      await limiter?.take();
      return exchange(prepared);
    },
  };
}

/** Null when the path would leave the base (`..` in an id) or a header cannot be written (a key with odd characters). */
function prepare(base: string, headers: Readonly<Record<string, string>>, request: HttpRequest): Prepared | null {
  const { method, path, query = [], body, secrets = [] } = request;
  const address = `${base}${path}`;
  if (!path.startsWith('/') || !URL.canParse(address)) return null;
  const url = new URL(address);
  // A URL parser resolves dot segments and takes ? and # for the end: the address must come out as it went in.
  if (url.href !== address || url.search !== '' || url.hash !== '') return null;
  for (const [name, value] of query) url.searchParams.append(name, value);
  try {
    const all = new Headers({ accept: 'application/json', ...headers });
    const init: RequestInit = { method, headers: all };
    if (body !== undefined) {
      all.set('content-type', 'application/json');
      init.body = JSON.stringify(body);
    }
    const hidden = [...Object.values(headers).map((value) => value.replace(/^Bearer /i, '')), ...secrets];
    return { url, init, hideSecrets: createSecretHider(hidden) };
  } catch {
    // The error's own text quotes the header, and so the key.
    return null;
  }
}

function createSecretHider(values: readonly string[]): (text: string) => string {
  const secrets = values.filter((value) => value.length >= shortestSecret && value !== 'application/json');
  return (text) => secrets.reduce((safe, secret) => safe.replaceAll(secret, '[removed]'), text);
}

function toInstant(date: string | null): number | null {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? null : at;
}

function isRedirect(response: Response): boolean {
  return response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
}

function refused(kind: RemoteErrorKind, status: number | null, message: string, body?: string): RemoteResult<never> {
  const error: RemoteError = {
    kind,
    status,
    message,
    fieldErrors: [],
    retryAfterMs: null,
    body: body === undefined ? null : cutText(body, keptBody),
  };
  return { ok: false, error };
}
