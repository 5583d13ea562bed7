/** The window's own address. A scheme of ours, because file:// has no origin that a policy could name. */
export const appScheme = 'app';
export const appHost = 'heads-up';
export const appUrl = `${appScheme}://${appHost}/`;

/** Whether an address is the console's own, to the letter. */
export function isAppUrl(url: string): boolean {
  return url.startsWith(appUrl);
}
