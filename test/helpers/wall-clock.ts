const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show, by Intl alone and nothing of the calendar under test: `2027-03-14 11:00`. */
export function wallClock(zone: string, at: number): string {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    const digits = '2-digit';
    const fields = { year: 'numeric', month: digits, day: digits, hour: digits, minute: digits } as const;
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hourCycle: 'h23', ...fields });
    formatters.set(zone, formatter);
  }
  return formatter.format(at);
}
