import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { serve } from '@hono/node-server';
import { createInboxApp } from './app.ts';
import type { InboxSettings } from './settings.ts';
import { createInboxStore } from './store.ts';

export type InboxServer = Readonly<{ url: string; close: () => Promise<void> }>;

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** A webhook is a few hundred bytes: who needs longer than this holds a connection and nothing else. */
const defaultPatienceMs = 10_000;

/**
 * Serves the inbox until `close`. Rejects when the database or the port cannot be had.
 *
 * @param patienceMs how long a request may take to come in whole
 */
export async function startInboxServer(
  settings: InboxSettings,
  say: (line: string) => void,
  patienceMs: number = defaultPatienceMs,
): Promise<InboxServer> {
  mkdirSync(dirname(settings.databasePath), { recursive: true, mode: 0o700 });
  const store = createInboxStore(settings.databasePath);
  const app = createInboxApp({
    store,
    signatureToken: settings.signatureToken,
    webhookSecret: settings.webhookSecret,
    readToken: settings.readToken,
    now: Date.now,
    onProblem: (error) => say(`Could not store or read replies: ${error.message}`),
  });

  const purge = (): void => {
    try {
      store.purgeBefore(Date.now() - settings.retentionDays * dayMs);
    } catch (error) {
      say(`Could not remove old replies: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  purge();
  const timer = setInterval(purge, hourMs);

  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: app.fetch,
        port: settings.port,
        hostname: settings.host,
        serverOptions: {
          headersTimeout: patienceMs,
          requestTimeout: patienceMs,
          connectionsCheckingInterval: Math.ceil(patienceMs / 4),
        },
      },
      ({ port, address }) => {
        server.off('error', refuse);
        const host = address.includes(':') ? `[${address}]` : address;
        resolve({ url: `http://${host}:${port}`, close });
      },
    );
    const refuse = (error: Error): void => {
      clearInterval(timer);
      store.close();
      reject(error);
    };
    server.once('error', refuse);

    async function close(): Promise<void> {
      clearInterval(timer);
      // Requests under way get their answer: a 200 that Postscript never sees costs a duplicate.
      await new Promise<void>((done) => {
        server.close(() => done());
        if (!('closeIdleConnections' in server)) return;
        server.closeIdleConnections();
        // A closing server has no time limits any more: one request that never comes in whole would keep it for ever.
        setTimeout(() => server.closeAllConnections(), patienceMs).unref();
      });
      store.close();
    }
  });
}
