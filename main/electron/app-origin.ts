/** The window's own address. A scheme of ours, because file:// has no origin that a policy could name. */
export const appScheme = 'app';
export const appHost = 'heads-up';
export const appUrl = `${appScheme}://${appHost}/`;

/** Whether an address is the console's own: as it is written and as it is understood, so that no spelling passes for it. */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && url.startsWith(appUrl) && parsed.protocol === `${appScheme}:` && parsed.host === appHost;
}
