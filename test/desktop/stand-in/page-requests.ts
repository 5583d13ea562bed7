import type { CdpSession } from './cdp.ts';
import { toApp } from './app-addresses.ts';
import type { ProtocolHandlers } from './protocol.ts';

/** A request that was let through to nobody: whatever is not one of the app's own schemes. */
export type RefusedRequest = Readonly<{ url: string; type: string }>;

export type Navigation = Readonly<{ url: string; frameId: string; isRedirect: boolean }>;

type RequestOptions = Readonly<{
  handlers: ProtocolHandlers;
  refused: RefusedRequest[];
  /** Whether a frame may go there. */
  mayNavigate: (navigation: Navigation) => boolean;
}>;

/** Carries what the page asks for to the app's protocol handlers. Nothing ever reaches a network. */
export function answerRequests(session: CdpSession, { handlers, refused, mayNavigate }: RequestOptions): void {
  session.on('Fetch.requestPaused', ({ requestId, request, resourceType, frameId, redirectedRequestId }) => {
    const url = toApp(request.url, handlers.schemes());
    // Whoever asked may be gone by now; then nobody waits for the answer.
    const refuse = (errorReason: 'Aborted' | 'BlockedByClient'): void => {
      session.send('Fetch.failRequest', { requestId, errorReason }).catch(() => undefined);
    };
    const isNavigation = resourceType === 'Document';
    if (isNavigation && !mayNavigate({ url, frameId, isRedirect: redirectedRequestId !== undefined })) {
      refuse('Aborted');
      return;
    }
    const handler = handlers.find(url);
    if (handler === undefined) {
      refused.push({ url, type: resourceType });
      refuse('BlockedByClient');
      return;
    }
    const { method, headers, postData } = request;
    const asked = new Request(url, { method, headers, ...(postData !== undefined && { body: postData }) });
    void Promise.resolve(handler(asked))
      .then(async (response) => {
        const body = Buffer.from(await response.arrayBuffer()).toString('base64');
        const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
        await session.send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body });
      })
      .catch(() => refuse('BlockedByClient'));
  });
  session.on('Network.webSocketCreated', ({ url }) => refused.push({ url, type: 'WebSocket' }));
}
