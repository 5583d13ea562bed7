import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isSameProof, nonceHeader, proveControl } from './control-proof.ts';

const instanceSchema = z.object({ pid: z.number().int(), port: z.number().int(), controlSecret: z.string().min(1) });
/** What the running console leaves in its data folder for a second start to find. */
export type Instance = Readonly<z.infer<typeof instanceSchema>>;

export type ClaimResult =
  | Readonly<{ kind: 'ours'; release: () => void }>
  /** Another one is running and gave us a link to it. */
  | Readonly<{ kind: 'running'; url: string }>
  /** Another one is running and does not answer. */
  | Readonly<{ kind: 'stuck'; pid: number }>;

type ClaimOptions = Readonly<{ dataFolder: string; instance: Instance; answerTimeoutMs?: number }>;

/**
 * Makes this process the one that runs on the data folder, or finds the one that does.
 *
 * The file appears whole or not at all (a link to a finished file), so whoever reads it can reach its writer. A file
 * whose writer was killed is known by nobody at its port proving that it knows the secret.
 */
export async function claimInstance(options: ClaimOptions): Promise<ClaimResult> {
  const { dataFolder, instance, answerTimeoutMs = 5000 } = options;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, 'instance.json');
  const draft = join(dataFolder, `instance.${instance.pid}.tmp`);
  const content = JSON.stringify(instance);
  rmSync(draft, { force: true });
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx' });
  try {
    for (;;) {
      if (tryPlace(draft, path, content)) return { kind: 'ours', release: () => removeIfStill(path, content) };
      const found = readIfThere(path);
      if (found === undefined) continue;
      const other = parseInstance(found);
      const answer = other === undefined ? 'nobody' : await askForLink(other, answerTimeoutMs);
      if (other !== undefined && answer === 'silence' && isAlive(other.pid)) return { kind: 'stuck', pid: other.pid };
      if (typeof answer === 'object') return { kind: 'running', url: answer.url };
      removeIfStill(path, found);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

type LinkAnswer = Readonly<{ url: string }> | 'nobody' | 'silence';

/** Who was given the port of a killed one may be anybody: it is shown no secret, and no link of its own is opened. */
async function askForLink({ port, controlSecret }: Instance, timeoutMs: number): Promise<LinkAnswer> {
  const nonce = randomUUID();
  try {
    const response = await fetch(`http://127.0.0.1:${port}/control/link`, {
      method: 'POST',
      headers: { authorization: `Bearer ${proveControl(controlSecret, 'ask', nonce)}`, [nonceHeader]: nonce },
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    const answer = z.object({ url: z.string(), proof: z.string() }).safeParse(await response.json());
    if (!answer.success) return 'nobody';
    const { url, proof } = answer.data;
    return isSameProof(proof, proveControl(controlSecret, 'link', nonce, url)) ? { url } : 'nobody';
  } catch (error) {
    return error instanceof DOMException && error.name === 'TimeoutError' ? 'silence' : 'nobody';
  }
}

function tryPlace(draft: string, path: string, content: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].some((code) => isCode(error, code)))
      return tryWrite(path, content);
    throw error;
  }
}

/** For file systems without links: a reader may find the file half-written, takes it for remains, and both start. */
function tryWrite(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Looks again first: another start may have cleared the same remains and put its own file there. */
function removeIfStill(path: string, content: string): void {
  if (readIfThere(path) === content) rmSync(path, { force: true });
}

function parseInstance(text: string): Instance | undefined {
  try {
    return instanceSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
