/** The zones of the clock part, each with a zone in which the platform bills: orders get their date in the shop's. */

export type ZonePair = Readonly<{ zone: string; billingZone: string; why: string }>;

const pair = (zone: string, billingZone: string, why: string): ZonePair => ({ zone, billingZone, why });

export const zonePairs: readonly ZonePair[] = [
  pair('America/New_York', 'America/New_York', 'an hour at two in the night'),
  pair('Europe/Berlin', 'Europe/London', 'an hour at two, billed by another zone'),
  pair('Europe/London', 'Europe/London', 'an hour at one'),
  pair('Australia/Lord_Howe', 'Australia/Sydney', 'half an hour'),
  pair('Asia/Kathmandu', 'America/New_York', 'no change, 5:45 ahead'),
  pair('Africa/Casablanca', 'Africa/Casablanca', 'set back for Ramadan'),
  pair('Pacific/Apia', 'Pacific/Auckland', 'gave its changes up, skipped a day once'),
  pair('Africa/Cairo', 'Africa/Cairo', 'from midnight on, and back at midnight'),
  pair('America/Santiago', 'America/New_York', 'at midnight, in the southern autumn'),
  pair('Pacific/Chatham', 'Pacific/Auckland', '12:45 ahead, at a quarter to three'),
  pair('Asia/Beirut', 'Europe/Berlin', 'a day without its first hour'),
  pair('America/Asuncion', 'America/Sao_Paulo', 'a day without its first hour, for the last time'),
  pair('America/Havana', 'America/Havana', 'a day without its first hour'),
  pair('America/St_Johns', 'America/Toronto', 'half an hour off'),
  pair('Asia/Almaty', 'Asia/Almaty', 'an hour less for good, the night after the leap day'),
  pair('Pacific/Kiritimati', 'America/Los_Angeles', '14 hours ahead: another date nearly all day'),
  pair('Pacific/Pago_Pago', 'Pacific/Auckland', '11 hours behind: another date nearly all day'),
];

/** Samoa went from the 29th of December 2011 to the 31st. */
export const skippedDay = {
  pair: pair('Pacific/Apia', 'America/Los_Angeles', 'a day that never was'),
  at: Date.UTC(2011, 11, 30, 10),
} as const;
