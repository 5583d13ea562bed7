import { createHmac, timingSafeEqual } from 'node:crypto';

/** What the answer to a second start must be proven by, besides what it says. */
export const nonceHeader = 'X-Heads-Up-Nonce';

/**
 * Shows that one has read the secret in the instance file, without showing the secret: whoever has been given the
 * port of a killed one must learn nothing and be believed nothing.
 */
export function proveControl(controlSecret: string, what: 'ask' | 'link', nonce: string, url = ''): string {
  return createHmac('sha256', controlSecret).update([what, nonce, url].join('\n')).digest('base64url');
}

export function isSameProof(shown: string, expected: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
