import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readToken } from './webhook.ts';
import type { WebhookAnswer, WebhookLoad } from './webhook-load.ts';

const entry = fileURLToPath(new URL('webhook-load.ts', import.meta.url));

/** Runs the load in a process of its own, so that neither side's processor time is counted as the other's. */
export async function runLoad(
  load: WebhookLoad,
  onAnswer: (answer: WebhookAnswer) => void = () => undefined,
): Promise<readonly WebhookAnswer[]> {
  if (load.count === 0) return [];
  const child = spawn(process.execPath, [entry, JSON.stringify(load)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const answers: WebhookAnswer[] = [];
  createInterface(child.stdout).on('line', (line) => {
    const answer = JSON.parse(line) as WebhookAnswer;
    answers.push(answer);
    onAnswer(answer);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The load ended with ${code}.`);
  return answers;
}

/** All texts that the inbox hands out, page by page, as the console reads them. */
export async function readResponses(port: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor = '';
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/responses?limit=500&after=${cursor}`, {
      headers: { authorization: `Bearer ${readToken}` },
    });
    const page = (await response.json()) as { responses: { id: string }[]; next_cursor: string };
    if (page.responses.length === 0) return ids;
    ids.push(...page.responses.map(({ id }) => id));
    cursor = page.next_cursor;
  }
}
