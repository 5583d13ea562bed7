import { securityHeaders, type RendererFiles } from '../renderer-files.ts';
import { appHost } from './app-origin.ts';

/** Answers the window's own requests. Only files that were found by listing the window's folder can be asked for. */
export function answerAppRequest(request: Request, files: RendererFiles): Response {
  const { hostname, pathname } = new URL(request.url);
  const file = request.method === 'GET' && hostname === appHost ? files.find(pathname) : undefined;
  if (file === undefined) return new Response('Not found.', { status: 404, headers: { ...securityHeaders } });
  return new Response(file.body, { headers: { ...securityHeaders, 'Content-Type': file.type } });
}
