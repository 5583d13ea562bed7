import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export type RendererFile = Readonly<{ body: Uint8Array<ArrayBuffer>; type: string; isImmutable: boolean }>;

export type RendererFiles = Readonly<{
  /** Undefined when the window has no such file. Takes the path of a URL. */
  find: (pathname: string) => RendererFile | undefined;
}>;

/** Sent with every answer of either host. Mantine puts its styles into the page, hence 'unsafe-inline' for styles only. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * The built window's files.
 *
 * Only a path that was found by listing the folder is ever opened: no request can name a file outside it, however
 * it spells the way there.
 */
export function createRendererFiles(folder: string): RendererFiles {
  let paths = listFiles(folder);
  return {
    find: (pathname) => {
      // A page load sees the newest build; what it then asks for was listed with it.
      if (pathname === '/') paths = listFiles(folder);
      const asked = pathname === '/' ? '/index.html' : pathname;
      const path = paths.get(asked);
      const type = types[extname(asked)];
      if (path === undefined || type === undefined) return undefined;
      // Vite puts a hash of the content into the names of what it puts into assets/.
      return { body: Uint8Array.from(readFileSync(path)), type, isImmutable: asked.startsWith('/assets/') };
    },
  };
}

function listFiles(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // Not links: where they lead is not ours to hand out.
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, path);
  }
  return files;
}
