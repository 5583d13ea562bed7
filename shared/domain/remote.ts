/** What can come of a request to a remote service, as values. Nobody outside main/api sees fetch or a status code table. */

export type RemoteErrorKind =
  /** 401: the key was refused. */
  | 'key_refused'
  /** 403: the key is known but not allowed (plan or scope). */
  | 'plan_refused'
  | 'not_found'
  /** 400, 409, 422: the service understood and said no. */
  | 'rejected'
  /** 429: surely not applied. */
  | 'rate_limited'
  /** 5xx: whether a write was applied is not known. */
  | 'server_error'
  /** 2xx whose body is not what was promised (HTML, truncated, too large, wrong shape). */
  | 'bad_answer'
  /** The connection was never made: surely not applied. */
  | 'not_sent'
  /** Timeout or reset after the request left: whether a write was applied is not known. */
  | 'no_answer';

export type RemoteError = Readonly<{
  kind: RemoteErrorKind;
  status: number | null;
  /** For people; holds no key. */
  message: string;
  fieldErrors: readonly Readonly<{ field: string; message: string }>[];
  /** From Retry-After, in ms; null when the service did not say. */
  retryAfterMs: number | null;
  /** The answer's body, cut to 2,000 characters, for the attempt's record. */
  body: string | null;
}>;

export type RemoteResult<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; error: RemoteError }>;

/** Scalars only: arrays and objects in event properties are UNKNOWN (postscript-api.md 2.1). */
export type EventProperties = Readonly<Record<string, string | number | boolean>>;

/** One trigger ready to be handed to Postscript, whichever channel carries it. */
export type TriggerEvent = Readonly<{
  eventType: string;
  legacyName: string;
  /** E.164; null seeds the event definition without texting anyone. */
  phone: string | null;
  email: string | null;
  externalId: string;
  /** Epoch ms, UTC. */
  occurredAt: number;
  properties: EventProperties;
}>;

/** The exact request a channel would make, for the merchant's eyes; the key is not in it. */
export type RequestPreview = Readonly<{ method: string; path: string; body: unknown }>;

export type SendOutcome =
  | Readonly<{ kind: 'accepted'; status: number; eventId: string | null; body: string | null }>
  /** 409 on our external_id: Postscript says it has this event already. */
  | Readonly<{ kind: 'already_there'; status: number; body: string | null }>
  | Readonly<{ kind: 'error'; error: RemoteError }>;

/** How triggers reach Postscript: `custom_events` (v2) or `legacy_triggers` (v1). */
export type TriggerChannel = Readonly<{
  preview: (event: TriggerEvent) => RequestPreview;
  send: (event: TriggerEvent) => Promise<SendOutcome>;
}>;
