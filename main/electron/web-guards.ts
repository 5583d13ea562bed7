import type { App, Session, WebContents } from 'electron';
import { externalLinks } from '../../shared/external-links.ts';
import { isAppUrl } from './app-origin.ts';

type GuardDeps = Readonly<{
  app: Pick<App, 'on'>;
  /** The one that the window uses. */
  session: Pick<
    Session,
    | 'on'
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
  >;
  /** Hands an address to the system's browser. */
  openExternal: (url: string) => void;
}>;

const externalOrigins: ReadonlySet<string> = new Set(Object.values(externalLinks).map((url) => new URL(url).origin));

/** Keeps every page of the app where it is and to what it needs. To be called before the first window is made. */
export function guardWeb({ app, session, openExternal }: GuardDeps): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, openExternal));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  guardSession(session);
}

/** Whether an address may be handed to the system's browser: a page at one of the listed origins, to the letter. */
export function isExternalLink(url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return false;
  return externalOrigins.has(parsed.origin) && url.startsWith(`${parsed.origin}/`);
}

function guardContents(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  openExternal: GuardDeps['openExternal'],
): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalLink(url)) openExternal(url);
    return { action: 'deny' };
  });
  const stayInside = (event: Readonly<{ url: string; preventDefault: () => void }>): void => {
    if (!isAppUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayInside);
  contents.on('will-frame-navigate', stayInside);
  contents.on('will-redirect', stayInside);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The console asks for nothing but to put copy on the clipboard, and saves nothing but files that it has made itself. */
function guardSession(session: GuardDeps['session']): void {
  const isAllowed = (permission: string, url: string | undefined): boolean =>
    permission === 'clipboard-sanitized-write' && url !== undefined && isAppUrl(url);
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(isAllowed(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, _origin, { requestingUrl }) =>
    isAllowed(permission, requestingUrl),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.on('will-download', (event, item) => {
    if (!isOwnDownload(item.getURL())) event.preventDefault();
  });
}

/** A file that the page has made in its memory (renderer/lib/save-file.ts). */
function isOwnDownload(url: string): boolean {
  return url.startsWith('blob:') && isAppUrl(url.slice('blob:'.length));
}
