import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';

export type InboxSettings = Readonly<{
  port: number;
  host: string;
  databasePath: string;
  /** Null: the console hands it over when it registers the webhook. */
  signatureToken: string | null;
  webhookSecret: string;
  readToken: string;
  retentionDays: number;
}>;

const prefix = 'HEADS_UP_INBOX_';

// Two secrets that the merchant makes up must not be guessable; Postscript's token is what it is.
const ownSecret = z.string('is needed').min(20, 'must have 20 characters or more');

const wholeNumber = (sentence: string, min: number, max: number) =>
  z.coerce.number(sentence).int(sentence).min(min, sentence).max(max, sentence);

// The messages complete "NAME …" and never repeat the value, which may be a secret pasted into the wrong place.
const schema = z.object({
  PORT: wholeNumber('must be a port from 0 to 65535', 0, 65_535).default(8787),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE: z.string('is needed: the path of the file that keeps the replies').min(1, 'must be a path'),
  SIGNATURE_TOKEN: z.string().min(1, 'must not be empty').optional(),
  WEBHOOK_SECRET: ownSecret,
  READ_TOKEN: ownSecret,
  RETENTION_DAYS: wholeNumber('must be a number of days from 1 to 365', 1, 365).default(30),
});

/** Reads the inbox's settings from the environment. The message names every wrong variable and shows no value. */
export function parseInboxSettings(environment: Readonly<Record<string, string | undefined>>): Result<InboxSettings> {
  const named: Record<string, string> = {};
  for (const key of Object.keys(schema.shape)) {
    const value = environment[`${prefix}${key}`];
    // An empty line in an env file means "not set".
    if (value !== undefined && value !== '') named[key] = value;
  }
  const parsed = schema.safeParse(named);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${prefix}${issue.path.join('.')} ${issue.message}.`);
    return fail('invalid_input', lines.join('\n'), 'docs/inbox.md lists every setting.');
  }
  const { data } = parsed;
  return ok({
    port: data.PORT,
    host: data.HOST,
    databasePath: data.DATABASE,
    signatureToken: data.SIGNATURE_TOKEN ?? null,
    webhookSecret: data.WEBHOOK_SECRET,
    readToken: data.READ_TOKEN,
    retentionDays: data.RETENTION_DAYS,
  });
}
