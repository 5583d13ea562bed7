/** What stops the whole line. A person releases it, but for an outage, which ends by itself. */
export const holdKinds = ['storm', 'key_refused', 'plan_refused', 'outage'] as const;
export type HoldKind = (typeof holdKinds)[number];

export const holdTitles: Readonly<Record<HoldKind, string>> = {
  storm: 'Sending is held: far more triggers than usual',
  key_refused: 'Sending is held: Postscript refused the key',
  plan_refused: 'Sending is held: the Postscript plan does not allow it',
  outage: 'Sending is paused: Postscript gives no clear answers',
};
