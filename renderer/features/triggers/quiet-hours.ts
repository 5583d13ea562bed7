/** The waking hours of Postscript's automations in the United States, as the integration's documentation gives them. */
const wakingHours = { from: 11, to: 21 };

/** Whether it is outside of Postscript's waking hours in that zone. */
export function isQuietHour(at: number, timeZone: string): boolean {
  const hour = Number(new Intl.DateTimeFormat('en-US', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(at));
  return hour < wakingHours.from || hour >= wakingHours.to;
}
