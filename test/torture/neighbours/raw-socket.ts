import { connect, type Socket } from 'node:net';

/** Writes it as it is, and what comes back until the other side closes, or has answered as often as is waited for. */
export function exchange(port: number, text: string, answers = 1): Promise<string> {
  return new Promise((resolve) => {
    let got = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      got += chunk;
      if (statusesOf(got).length >= answers) socket.destroy();
    });
    // Refused half-way is refused.
    socket.on('error', () => undefined).on('close', () => resolve(got));
  });
}

export function statusesOf(answer: string): readonly number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
}

/** A connection that begins a request and never goes on. */
export function stall(port: number, text: string): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  return socket.on('error', () => undefined);
}
