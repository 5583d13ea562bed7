import type { RemoteError, RemoteErrorKind } from '../../shared/domain/remote.ts';

const maxBody = 2000;
const maxMessage = 300;
const maxFields = 20;
/** A longer Retry-After says nothing that we could use; the caller's own patience ends earlier. */
const longestWaitMs = 24 * 60 * 60 * 1000;

type FieldError = RemoteError['fieldErrors'][number];
type Finding = Readonly<{ message: string; fields: readonly FieldError[] }>;

export type ErrorAnswer = Readonly<{
  service: string;
  status: number;
  /** The body with secrets already removed; null when it did not arrive. */
  text: string | null;
  retryAfter: string | null;
  /** The answer's own Date header: a date in Retry-After is measured by the clock that wrote it. */
  date: string | null;
  now: number;
}>;

/** What a status other than 2xx means for the request (postscript-api.md 2.2 and 10, subscription-platforms.md 1.2). */
export function kindOfStatus(status: number): RemoteErrorKind {
  if (status === 401) return 'key_refused';
  if (status === 403) return 'plan_refused';
  if (status === 404 || status === 410) return 'not_found';
  if (status === 429) return 'rate_limited';
  // 408 comes from something between us and the service, which may have passed the request on.
  if (status === 408) return 'no_answer';
  if (status >= 400 && status < 500) return 'rejected';
  if (status >= 500) return 'server_error';
  return 'bad_answer';
}

/**
 * Reads any documented error body (postscript-api.md 8, shapes A to E; Smartrr: subscription-platforms.md 1.2).
 *
 * Bodies of most errors are UNKNOWN, so nothing in here is required: what cannot be read leaves a sentence with the
 * status, and the body is kept for the attempt's record.
 */
export function parseErrorAnswer(answer: ErrorAnswer): RemoteError {
  const { service, status, text } = answer;
  const found = readBody(text ?? '');
  const said = found.message === '' ? '' : `: ${found.message}`;
  return {
    kind: kindOfStatus(status),
    status,
    message: `${service} answered ${status}${said}`,
    fieldErrors: found.fields,
    retryAfterMs: parseRetryAfter(answer.retryAfter, answer.date, answer.now),
    body: text === null ? null : cutText(text, maxBody),
  };
}

/** Seconds or an HTTP date; anything else is ignored. */
export function parseRetryAfter(header: string | null, date: string | null, now: number): number | null {
  const value = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(longestWaitMs, Math.ceil(Number(value) * 1000));
  // Date.parse also "reads" things like "-5", and a date without GMT in this computer's zone.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, .* GMT$/.test(value)) return null;
  const until = Date.parse(value);
  if (Number.isNaN(until)) return null;
  const servers = Date.parse(date ?? '');
  return Math.min(longestWaitMs, Math.max(0, until - (Number.isNaN(servers) ? now : servers)));
}

/** Cuts without leaving half of a surrogate pair behind. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function readBody(text: string): Finding {
  const trimmed = text.trim();
  if (trimmed === '') return { message: '', fields: [] };
  const json = parseJson(trimmed);
  if (json === undefined)
    return { message: trimmed.startsWith('<') ? 'a web page instead of data' : tidy(trimmed), fields: [] };
  return readValue(json, 0);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `depth` bounds bodies that wrap an error in an error. */
function readValue(value: unknown, depth: number): Finding {
  if (typeof value === 'string') return { message: tidy(value), fields: [] };
  if (depth > 4 || typeof value !== 'object' || value === null) return { message: '', fields: [] };
  if (Array.isArray(value)) return readList(value, depth);
  const body = new Map<string, unknown>(Object.entries(value));
  const parts = [
    readValue(body.get('errors'), depth + 1),
    readValue(body.get('error'), depth + 1),
    ...['error_message', 'message', 'msg', 'detail', 'title'].map((key) => readValue(body.get(key), depth + 1)),
  ];
  const messages = [...new Set(parts.map(({ message }) => message).filter((message) => message !== ''))];
  const code = ['error_code', 'code'].map((key) => toScalar(body.get(key))).find((found) => found !== '');
  const message = messages.join('; ');
  return {
    // The code is what a search in the vendor's help finds, so it stays beside the words.
    message: tidy(code === undefined ? message : message === '' ? `code ${code}` : `${message} (${code})`),
    fields: [...parts.flatMap(({ fields }) => fields), ...readField(body, message)].slice(0, maxFields),
  };
}

function readList(list: readonly unknown[], depth: number): Finding {
  const parts = list.slice(0, maxFields).map((entry) => readValue(entry, depth + 1));
  return {
    message: tidy([...new Set(parts.map(({ message }) => message))].filter((message) => message !== '').join('; ')),
    fields: parts.flatMap(({ fields }) => fields).slice(0, maxFields),
  };
}

/** `loc: ["body", "type"]` names the field `type`; `log` is how one vendor example spells it. */
function readField(body: ReadonlyMap<string, unknown>, message: string): FieldError[] {
  const where = [body.get('loc'), body.get('log'), body.get('field')].find((value) => value !== undefined);
  const steps = (Array.isArray(where) ? where : [where]).map(toScalar).filter((step) => step !== '');
  const field = (['body', 'query', 'path'].includes(steps[0] ?? '') ? steps.slice(1) : steps).join('.');
  return field === '' ? [] : [{ field: cutText(field, 100), message }];
}

function toScalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? cutText(String(value), 100) : '';
}

function tidy(text: string): string {
  return cutText(text.replace(/\s+/g, ' ').trim(), maxMessage);
}
