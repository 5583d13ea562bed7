import type { RemoteResult } from '../../shared/domain/remote.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type HttpRequest = Readonly<{
  method: HttpMethod;
  /** Starts with a slash; joined to the base URL. Anything that would leave the base is refused. */
  path: string;
  query?: readonly (readonly [name: string, value: string])[];
  /** Sent as JSON. Left out: no body. */
  body?: unknown;
  /** Beside the service's own ones. */
  headers?: Readonly<Record<string, string>>;
  /** Texts in the body that must never come back in an error's record, such as a secret header we register. */
  secrets?: readonly string[];
}>;

/**
 * A 2xx answer. `text` is the body with secrets removed; an empty body is `json: null`. `answeredAt` is when the service
 * wrote it, by its own clock; null where it does not say.
 */
export type HttpAnswer = Readonly<{ status: number; answeredAt: number | null; json: unknown; text: string }>;

/** One remote service: its address, its key and its pace. Makes each request once; whoever calls decides on repeats. */
export type Http = Readonly<{
  request: (request: HttpRequest) => Promise<RemoteResult<HttpAnswer>>;
}>;

export type HttpOptions = Readonly<{
  /** https, or http on a loopback address; see `checkBaseUrl`. */
  baseUrl: string;
  /** Asked for each request, so that a changed key is used at once. Values of 8 characters and more count as secret. */
  headers: () => Readonly<Record<string, string>>;
  /** For the whole exchange, body included. */
  timeoutMs: number;
  maxBodyBytes?: number;
  limiter?: Readonly<{ take: () => Promise<void> }>;
  fetch?: typeof globalThis.fetch;
  /** Name of the service at the start of error messages. */
  service?: string;
  now?: () => number;
}>;
