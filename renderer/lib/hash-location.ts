import { useSyncExternalStore } from 'react';

/**
 * The screen and its filters, both inside the hash: `#/deliveries?state=failed`.
 *
 * wouter's own hash hook puts the filters before the hash, where they would stay when the screen changes.
 */
function currentHash(): string {
  const hash = location.hash.replace(/^#\/?/, '');
  return `/${hash}`;
}

function currentPath(): string {
  return currentHash().split('?', 1)[0] ?? '/';
}

/** The screen without its filters, for what is said about a failure. */
export function currentScreen(): string {
  return currentPath();
}

function currentSearch(): string {
  const hash = currentHash();
  const start = hash.indexOf('?');
  return start === -1 ? '' : hash.slice(start + 1);
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  addEventListener('popstate', listener);
  return () => {
    removeEventListener('hashchange', listener);
    removeEventListener('popstate', listener);
  };
}

let hasNavigated = false;

/** Whether somebody has gone to another screen since the page was loaded. */
export function wasNavigated(): boolean {
  return hasNavigated;
}

function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  hasNavigated = true;
  history[replace ? 'replaceState' : 'pushState'](null, '', `#${to}`);
  // The history methods change the address silently.
  dispatchEvent(new HashChangeEvent('hashchange'));
}

export function useHashLocation(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, currentPath), navigate];
}

export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, currentSearch);
}

export function hashHref(path: string): string {
  return `#${path}`;
}
