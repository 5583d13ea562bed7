import { request, type IncomingHttpHeaders } from 'node:http';

export type RawResponse = Readonly<{ status: number; headers: IncomingHttpHeaders; body: string }>;

type RawRequest = Readonly<{ method?: string; path: string; headers?: Record<string, string>; body?: string }>;

/** One request exactly as written: no path is tidied, no header added but the Host, no cookie kept. */
export function rawRequest(
  port: number,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, headers: { host: `127.0.0.1:${port}`, ...headers }, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
