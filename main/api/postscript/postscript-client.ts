import type { RemoteResult } from '../../../shared/domain/remote.ts';
import type { Http } from '../http-types.ts';

/** Whose key it is. All null when only the fallback check worked; warn when `type` is known and not `shop`. */
export type PostscriptAccount = Readonly<{ id: string | null; name: string | null; type: string | null }>;

export type PostscriptSubscriber = Readonly<{
  id: string;
  phone: string | null;
  email: string | null;
  /** Null when Postscript did not say. */
  canSendPromotional: boolean | null;
  canSendTransactional: boolean | null;
}>;

/** A webhook subscription at Postscript. Its headers hold our secret and are left out on purpose. */
export type PostscriptWebhook = Readonly<{ id: string; callbackUrl: string; event: string }>;

export type NewPostscriptWebhook = Readonly<{
  callbackUrl: string;
  event: string;
  headers: Readonly<Record<string, string>>;
}>;

export type PostscriptClient = Readonly<{
  me: () => Promise<RemoteResult<PostscriptAccount>>;
  findSubscriber: (phone: string) => Promise<RemoteResult<PostscriptSubscriber | null>>;
  listWebhooks: () => Promise<RemoteResult<readonly PostscriptWebhook[]>>;
  createWebhook: (webhook: NewPostscriptWebhook) => Promise<RemoteResult<PostscriptWebhook>>;
  deleteWebhook: (id: string) => Promise<RemoteResult<null>>;
  /** The text that Postscript puts into `Postscript-Signature`; null before the first subscription is made. */
  webhookToken: () => Promise<RemoteResult<string | null>>;
}>;

export type PostscriptOptions = Readonly<{
  baseUrl: string;
  key: () => string;
  timeoutMs?: number;
  /** Hand the same one to everything that uses this key: the whole account shares 15/s. */
  limiter?: Readonly<{ take: () => Promise<void> }>;
  fetch?: typeof globalThis.fetch;
}>;

/** What both channels and the client send through. */
export function createPostscriptHttp(_options: PostscriptOptions): Http {
  throw new Error('Not built yet');
}

export function createPostscriptClient(_options: PostscriptOptions): PostscriptClient {
  throw new Error('Not built yet');
}
