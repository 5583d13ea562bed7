/** How the reading of a body ended. A body that is too large or broke off keeps what had come, for the record. */
export type BodyRead =
  | Readonly<{ end: 'complete'; text: string }>
  | Readonly<{ end: 'too_large'; text: string }>
  | Readonly<{ end: 'broken'; text: string | null; error: unknown }>;

/**
 * Reads a body up to a number of bytes, counted after decompression: a small answer may unpack to gigabytes.
 *
 * Never throws: for an error status the status has arrived and counts, whatever became of the body.
 */
export async function readBody(response: Response, maxBytes: number): Promise<BodyRead> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    // The DOM types of `fetch` leave the chunk type open; fetch bodies are bytes.
    const stream: ReadableStream<Uint8Array> | null = response.body;
    if (stream === null) return { end: 'complete', text };
    for await (const chunk of stream) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) return { end: 'too_large', text };
      text += decoder.decode(chunk, { stream: true });
    }
    return { end: 'complete', text: text + decoder.decode() };
  } catch (error) {
    return { end: 'broken', text: text === '' ? null : text, error };
  }
}
