/** A resend of many deliveries at once, which a person asked for. */
export type BulkResend = Readonly<{
  id: number;
  /** As many as the person saw counted. */
  total: number;
  /** Put in line again so far. */
  resent: number;
  /** Settled in the meantime, by a person or by Postscript, and so left as they are. */
  refused: number;
  startedAt: number;
  endedAt: number | null;
  isCancelled: boolean;
}>;

/** "12 of 40 put in line, 28 left alone." */
export function tellBulkResend({ total, resent, refused }: Pick<BulkResend, 'total' | 'resent' | 'refused'>): string {
  const left = total - resent - refused;
  const parts = [`${resent} of ${total} put in line`];
  if (refused > 0) parts.push(`${refused} settled in the meantime and not sent`);
  if (left > 0) parts.push(`${left} left alone`);
  return `${parts.join(', ')}.`;
}
