/** A computer that does not sleep after all, or whose waking nobody tells, must not silence the shop. */
const LONGEST_REST_MS = 30_000;

export type Rest = Readonly<{ begin: () => void; end: () => void; isOn: () => boolean }>;

/**
 * The pause before the computer sleeps, in which no request for a delivery begins: its answer would come to nobody, and
 * the delivery would be unknown. It goes by the clock and not by a timer, because timers sleep too.
 */
export function createRest(now: () => number): Rest {
  let begunAt: number | null = null;
  return {
    begin: () => {
      begunAt = now();
    },
    end: () => {
      begunAt = null;
    },
    isOn: () => {
      if (begunAt === null) return false;
      const passed = now() - begunAt;
      return passed >= 0 && passed < LONGEST_REST_MS;
    },
  };
}
