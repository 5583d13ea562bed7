import type { RepliesPage } from '../../shared/domain/replies.ts';
import type { RemoteResult } from '../../shared/domain/remote.ts';

export type InboxClient = Readonly<{
  /** `after` is the last page's `nextCursor`; empty for the beginning. */
  listReplies: (after: string, limit: number) => Promise<RemoteResult<RepliesPage>>;
  health: () => Promise<RemoteResult<null>>;
}>;

export type InboxClientOptions = Readonly<{
  baseUrl: string;
  token: () => string;
  timeoutMs?: number;
  fetch?: typeof globalThis.fetch;
  /** For entries whose time cannot be read. */
  now?: () => number;
}>;

export function createInboxClient(_options: InboxClientOptions): InboxClient {
  throw new Error('Not built yet');
}
