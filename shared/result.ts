/** Why a call could not do what was asked. A screen branches on the code and shows the message. */
export const errorCodes = [
  'invalid_input',
  'not_found',
  'not_connected',
  'key_refused',
  'plan_refused',
  'unreachable',
  'bad_answer',
  'conflict',
  'secure_store',
  'storage',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export type AppError = Readonly<{
  code: ErrorCode;
  /** What happened, in words for the merchant. Never holds a key or a phone number. */
  message: string;
  /** What to do next, in words for the merchant. */
  nextStep?: string;
}>;

/** For anything a caller is meant to handle. Bugs are thrown instead. */
export type Result<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; error: AppError }>;

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(code: ErrorCode, message: string, nextStep?: string): Result<never> {
  return { ok: false, error: nextStep === undefined ? { code, message } : { code, message, nextStep } };
}

/** Closes a switch over a union: a new member does not compile until it is handled. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}

/** Turns whatever was thrown into an Error, so that a catch block never handles `unknown`. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
