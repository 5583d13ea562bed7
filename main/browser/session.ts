import { createHash, randomBytes } from 'node:crypto';

export type Session = Readonly<{
  /** In a cookie, which the browser shows to every port of this computer. */
  id: string;
  /** In the storage of our own pages, which no other port can read. */
  pageKey: string;
}>;

export type Sessions = Readonly<{
  /** A token for a link that opens the console once. */
  issueToken: () => string;
  /** Exchanges a token for a session; null when it was used, has expired or never was. */
  redeemToken: (token: string) => Session | null;
  /** Enough to be shown the page, which holds nothing of the shop. */
  isOpen: (id: string | undefined) => boolean;
  /** Enough to call and to listen. */
  isPage: (id: string | undefined, pageKey: string | undefined) => boolean;
}>;

type SessionOptions = Readonly<{ now: () => number; tokenLifetimeMs?: number }>;

const defaultTokenLifetimeMs = 15 * 60_000;
const maxTokens = 20;
const maxSessions = 50;

/** Who may talk to the console. Kept in memory: a restart ends every session, and a new link is one `npm start` away. */
export function createSessions({ now, tokenLifetimeMs = defaultTokenLifetimeMs }: SessionOptions): Sessions {
  // Digests as keys: finding one takes the same time whatever part of a guess was right.
  const tokens = new Map<string, number>();
  const sessions = new Map<string, string>();

  return {
    issueToken: () => {
      const token = makeSecret();
      tokens.set(toDigest(token), now() + tokenLifetimeMs);
      dropOldest(tokens, maxTokens);
      return token;
    },
    redeemToken: (token) => {
      const digest = toDigest(token);
      const expiresAt = tokens.get(digest);
      tokens.delete(digest);
      if (expiresAt === undefined || expiresAt <= now()) return null;
      const session = { id: makeSecret(), pageKey: makeSecret() };
      sessions.set(toDigest(session.id), toDigest(session.pageKey));
      dropOldest(sessions, maxSessions);
      return session;
    },
    isOpen: (id) => id !== undefined && sessions.has(toDigest(id)),
    isPage: (id, pageKey) =>
      id !== undefined && pageKey !== undefined && sessions.get(toDigest(id)) === toDigest(pageKey),
  };
}

/** 256 random bits, fit for a URL. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

function toDigest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function dropOldest(kept: Map<string, unknown>, limit: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= limit) return;
    kept.delete(key);
  }
}
