/** How numbers, dates and instants look. Instants are shown in the shop's zone, with its abbreviation. */

const LOCALE = 'en-US';

const clock = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
const shapes = {
  clock,
  minute: { ...clock, month: 'short', day: 'numeric' },
  second: { ...clock, year: 'numeric', month: 'short', day: 'numeric', second: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** `clock`: "7:53 AM EST"; `minute`: with the day; `second`: with everything. */
export type InstantShape = keyof typeof shapes;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter costs far more than a format, and a list formats hundreds of times. */
function formatterFor(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  let formatter = formatters.get(name);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(LOCALE, options);
    formatters.set(name, formatter);
  }
  return formatter;
}

export function formatInstant(at: number, timeZone: string, shape: InstantShape = 'minute'): string {
  return formatterFor(`${shape} ${timeZone}`, { ...shapes[shape], timeZone }).format(at);
}

const dateShapes = {
  full: { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' },
  short: { month: 'short', day: 'numeric' },
  weekday: { weekday: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A calendar date has no zone: it is the same day wherever it is read. */
export function formatDate(date: string, shape: keyof typeof dateShapes = 'full'): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return date;
  return formatterFor(`date ${shape}`, { ...dateShapes[shape], timeZone: 'UTC' }).format(at);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The local date of an instant, as ISO text. */
export function dateIn(timeZone: string, at: number): string {
  const parts = formatterFor(`iso ${timeZone}`, { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const part = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part['year'] ?? ''}-${part['month'] ?? ''}-${part['day'] ?? ''}`;
}

/** `11:00` as "11:00 AM". */
export function formatLocalTime(time: string): string {
  const at = Date.parse(`2000-01-01T${time}:00Z`);
  if (Number.isNaN(at)) return time;
  return formatterFor('local time', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(at);
}

/** `+16025558964` as "+1 (602) 555-8964". Numbers of other countries and masked ones stay as they are. */
export function formatPhone(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 ($1) $2-$3');
}

const numbers = new Intl.NumberFormat(LOCALE);

export function formatNumber(value: number): string {
  return numbers.format(value);
}

export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

const sizes = ['B', 'kB', 'MB', 'GB'] as const;

/** "18.4 MB"; thousands, as file managers count. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let size = 0;
  while (value >= 1000 && size < sizes.length - 1) {
    value /= 1000;
    size += 1;
  }
  return `${size === 0 ? value : value.toFixed(1)} ${sizes[size] ?? 'B'}`;
}
