import { connectToChromium, type Cdp } from './cdp.ts';
import { settings } from './given-settings.ts';

let connection: Promise<Cdp> | null = null;

/** The test's Chromium; a start that ends before it has a window never asks for it. */
export function chromium(): Promise<Cdp> {
  connection ??= connectToChromium(settings.browser);
  return connection;
}
