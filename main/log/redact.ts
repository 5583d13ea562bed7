/** Takes out of texts and fields what must never be in a log. One per process, so that it knows the process's secrets. */
export type Redactor = Readonly<{
  text: (text: string) => string;
  fields: (fields: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  /** From now on this value is cut out wherever it turns up, also URL-encoded or in base64. */
  addSecret: (secret: string) => void;
}>;

const removed = '[removed]';
const maxStringLength = 1000;
const maxItems = 20;
const maxDepth = 4;

/** Shorter values would blank out ordinary words. Real keys are far longer. */
const minSecretLength = 6;

/**
 * Fields that hold what people wrote or who they are. Dropped whole, because no pattern recognises a text message.
 * Compared in lower case without separators: `reply_body`, `replyBody` and `ReplyBody` are one name.
 */
const privateFields = new Set(
  [
    'body bodies rawbody text texts copy renderedcopy template content snippet reply sms',
    'request response properties input output payload data value params headers',
    'name firstname lastname fullname customername email address recipient from to',
    'key apikey privatekey password passphrase authorization authorisation cookie setcookie',
  ].flatMap((line) => line.split(' ')),
);
const privateEndings = /(?:body|text|token|secret|phone|phonenumber|fromnumber|email)$/;

/** Instants and durations are numbers as long as a phone number. */
const timeFields = /(?:At|Ms|now|time|instant|bytes)$/i;

const patterns: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${removed}`],
  [/(?<![A-Za-z0-9])(sk|pk)[_-][A-Za-z0-9_-]{4,}/gi, `$1_${removed}`],
  [/([?&](?:token|secret|key|code|access_token|api_key)=)[^&#\s"']+/gi, `$1${removed}`],
  // Bounded, or a long run of letters would be tried from every one of them.
  [/[^\s@<>"'(),:;=]{1,64}@[^\s@<>"'(),:;=]{1,255}\.[A-Za-z]{2,}/g, '[e-mail]'],
];

// Ten digits or more however they are set apart, or eight after a +. A date alone is not taken for one.
const phone = /(?!\d{4}-\d{2}-\d{2}(?!\d))(?:\+\d|\(?\d)(?:[\s().\u2010-\u2015/-]{0,3}\d){7,}/g;

/** Redacts what can be recognised without knowing any secret: keys, tokens in addresses, e-mail addresses, phone numbers. */
export function redact(text: string): string {
  const known = patterns.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
  return known.replace(phone, maskPhone);
}

/** Makes a redactor that also knows the values it was told. */
export function createRedactor(): Redactor {
  let secrets: string[] = [];

  const redactText = (text: string): string =>
    redact(secrets.reduce((result, secret) => result.replaceAll(secret, removed), text));

  const redactValue = (key: string, value: unknown, depth: number): unknown => {
    if (isPrivateField(key)) return removed;
    if (typeof value === 'string') return cut(redactText(value));
    if (typeof value === 'number') return timeFields.test(key) ? value : redactNumber(value);
    if (typeof value === 'boolean' || value === null) return value;
    if (typeof value === 'bigint') return redactText(String(value));
    if (typeof value !== 'object') return undefined;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (value instanceof URL) return cut(redactText(value.href));
    if (depth >= maxDepth) return '[deeper]';
    if (value instanceof Error) return redactError(value, depth);
    if (Array.isArray(value)) return value.slice(0, maxItems).map((item) => redactValue('', item, depth + 1));
    if (isPlain(value)) return redactObject(value, depth + 1);
    // Buffers, maps, streams: nobody needs their content in a log.
    return `[${value.constructor.name}]`;
  };

  const redactObject = (object: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(object)
        .slice(0, maxItems)
        .map(([key, value]) => [redactText(key), redactValue(key, value, depth)]),
    );

  const redactError = (error: Error, depth: number): Record<string, unknown> => ({
    kind: error.name,
    ...('code' in error && typeof error.code === 'string' && { code: redactText(error.code) }),
    // JSON.parse quotes what it could not read, which may be a customer's text.
    message: error instanceof SyntaxError ? removed : cut(redactText(error.message)),
    // Only the places: the first line repeats the message.
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, maxItems)
      .map((line) => redactText(line.trim())),
    ...(error.cause !== undefined && { cause: redactValue('', error.cause, depth + 1) }),
  });

  return {
    text: (text) => cut(redactText(text)),
    fields: (fields) => redactObject(fields, 0),
    addSecret: (secret) => {
      if (secret.length < minSecretLength) return;
      const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
      // Longest first: one secret may be the beginning of another.
      secrets = [...new Set([...secrets, ...forms])].sort((a, b) => b.length - a.length);
    },
  };
}

function isPrivateField(key: string): boolean {
  const plain = key.toLowerCase().replace(/[^a-z]/g, '');
  return privateFields.has(plain) || privateEndings.test(plain);
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function maskPhone(match: string): string {
  const digits = match.replace(/\D/g, '');
  const isPhone = digits.length >= 10 || match.startsWith('+');
  return isPhone ? `•••${digits.slice(-2)}` : match;
}

function redactNumber(value: number): number | string {
  return Number.isInteger(value) && Math.abs(value) >= 1e9 ? maskPhone(String(Math.abs(value))) : value;
}

function cut(text: string): string {
  return text.length > maxStringLength ? `${text.slice(0, maxStringLength)}…` : text;
}
