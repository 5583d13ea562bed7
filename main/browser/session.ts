import { createHash, randomBytes } from 'node:crypto';

export type Sessions = Readonly<{
  /** A token for a link that opens the console once. */
  issueToken: () => string;
  /** Exchanges a token for a session id; null when it was used, has expired or never was. */
  redeemToken: (token: string) => string | null;
  isOpen: (sessionId: string | undefined) => boolean;
}>;

type SessionOptions = Readonly<{ now: () => number; tokenLifetimeMs?: number }>;

const defaultTokenLifetimeMs = 15 * 60_000;
const maxTokens = 20;
const maxSessions = 50;

/** Who may talk to the console. Kept in memory: a restart ends every session, and a new link is one `npm start` away. */
export function createSessions({ now, tokenLifetimeMs = defaultTokenLifetimeMs }: SessionOptions): Sessions {
  // Digests as keys: finding one takes the same time whatever part of a guess was right.
  const tokens = new Map<string, number>();
  const sessions = new Set<string>();

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
      const sessionId = makeSecret();
      sessions.add(toDigest(sessionId));
      dropOldest(sessions, maxSessions);
      return sessionId;
    },
    isOpen: (sessionId) => sessionId !== undefined && sessions.has(toDigest(sessionId)),
  };
}

/** 256 random bits, fit for a URL. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

function toDigest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function dropOldest(kept: Map<string, number> | Set<string>, limit: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= limit) return;
    kept.delete(key);
  }
}
