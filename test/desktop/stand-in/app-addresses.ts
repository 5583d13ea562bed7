// Chromium knows none of the app's schemes, and CDP cannot teach it one. So app://HOST/ is https://HOST.app.invalid/ inside
// Chromium: an origin of its own, secure, and reserved never to exist outside.

const ending = '.invalid';

/** What Chromium is asked to load for an address of the app's. */
export function toChromium(url: string, schemes: ReadonlySet<string>): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  return schemes.has(scheme) ? `https://${host}.${scheme}${ending}${rest}` : url;
}

/** The address that the app knows. */
export function toApp(url: string, schemes: ReadonlySet<string>): string {
  const match = /^(blob:)?https:\/\/([^/?#:]*)\.([a-z0-9+-]+)\.invalid(.*)$/i.exec(url);
  const [, blob = '', host = '', scheme = '', rest = ''] = match ?? [];
  return schemes.has(scheme) ? `${blob}${scheme}://${host}${rest}` : url;
}
