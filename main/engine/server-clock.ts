/** Further away than this, times on screen and in requests mislead. Dates of answers are whole seconds, and late. */
const TOO_FAR_MS = 120_000;

export type ServerClock = Readonly<{
  /** The same fetch, with the date of each answer noted. */
  fetch: typeof globalThis.fetch;
  /** How far this computer's clock is ahead of the newest answer's date, ms; null while it is near enough. */
  skewMs: () => number | null;
}>;

/** Learns from the answers of remote services whether this computer's clock is wrong. */
export function createServerClock(now: () => number, onChange: () => void): ServerClock {
  let skew: number | null = null;

  function note(response: Response): void {
    const date = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(date)) return;
    const ahead = now() - date;
    const next = Math.abs(ahead) > TOO_FAR_MS ? ahead : null;
    const isNews = (next === null) !== (skew === null);
    skew = next;
    if (isNews) onChange();
  }

  return {
    fetch: async (...request) => {
      const response = await globalThis.fetch(...request);
      note(response);
      return response;
    },
    skewMs: () => skew,
  };
}
