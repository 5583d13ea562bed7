import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimInstance } from '../../../main/browser/instance.ts';
import { createKeyFileVault } from '../../../main/browser/key-file-vault.ts';
import { secretNames, type SecretName } from '../../../main/engine/port.ts';
import { createRandom, type Random } from '../../../main/practice/random.ts';
import { toError } from '../../../shared/result.ts';
import { mutate, mutateText } from './mutate.ts';
import { isPolluted } from './odd-values.ts';
import { runCases, type Suite } from './suite.ts';

/** The words of our own refusals; whatever else is thrown was not meant. */
const named = /Enter the keys again|key file .+ (is damaged|cannot be read)|config\.json/;

const secretOf = (name: string): string => `not-a-real-key of ${name}`;

type Case = Readonly<{ folder: string; random: Random; findings: string[] }>;

/** Another value in its place, a letter other than it was, or a part of it: as hands, tools and disks leave a file. */
function damage(path: string, random: Random): void {
  const text = readFileSync(path, 'latin1');
  const kind = random.weighted([
    ['value', path.endsWith('.json') ? 60 : 0],
    ['letter', 20],
    ['half', 12],
    ['empty', 4],
    ['zeros', 4],
  ]);
  const damaged = {
    value: () => String(JSON.stringify(mutate(JSON.parse(text), random))),
    letter: () => mutateText(text, random),
    half: () => text.slice(0, random.between(0, text.length)),
    empty: () => '',
    zeros: () => '\0'.repeat(text.length),
  }[kind]();
  writeFileSync(path, damaged, 'latin1');
}

async function attempt<T>(what: string, findings: string[], run: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (thrown) {
    const { message } = toError(thrown);
    if (!named.test(message)) findings.push(`${what} failed with ${JSON.stringify(message)}`);
    return undefined;
  }
}

/** What stands in the file under that name; undefined where there is nothing. */
function entryOf(path: string, name: string): unknown {
  try {
    const { browserSecrets } = JSON.parse(readFileSync(path, 'utf8')) as { browserSecrets?: unknown };
    if (browserSecrets === undefined) return undefined;
    if (typeof browserSecrets !== 'object' || browserSecrets === null) return browserSecrets;
    return Object.entries(browserSecrets).find(([key]) => key === name)?.[1];
  } catch {
    // Not ours any more: it is moved aside, which is said.
    return undefined;
  }
}

/** A key is given back as it was, or not at all, and then it says why; and one that is entered again is kept. */
async function judgeVault({ folder, random, findings }: Case): Promise<'kept' | 'lost' | 'refused'> {
  const paths = { configFolder: join(folder, 'config'), keyFolder: join(folder, 'keys'), passphrase: null };
  const config = join(paths.configFolder, 'config.json');
  const before = createKeyFileVault(paths);
  for (const name of secretNames) await before.write(name, secretOf(name));
  damage(random.isLucky(0.85) ? config : join(paths.keyFolder, 'key'), random);
  const entries = new Map(secretNames.map((name) => [name, entryOf(config, name)]));
  const vault = await attempt('the start', findings, () => createKeyFileVault(paths));
  if (vault === undefined) return 'refused';
  let kept = 0;
  for (const name of secretNames) {
    const value = await attempt(`reading ${name}`, findings, () => vault.read(name));
    if (value === secretOf(name)) kept += 1;
    else if (typeof value === 'string') findings.push(`${name} was read as ${JSON.stringify(value)}`);
    else if (value === null && entries.get(name) !== undefined) findings.push(`${name} is gone without a word`);
  }
  for (const name of secretNames) await judgeWrite(paths, name, findings);
  return kept === secretNames.length ? 'kept' : 'lost';
}

async function judgeWrite(
  paths: Parameters<typeof createKeyFileVault>[0],
  name: SecretName,
  findings: string[],
): Promise<void> {
  const isWritten = await attempt(`saving ${name} again`, findings, async () => {
    await createKeyFileVault(paths).write(name, secretOf(name));
    return true;
  });
  if (isWritten === true && (await createKeyFileVault(paths).read(name)) !== secretOf(name))
    findings.push(`${name} was saved again and is not there`);
}

/** What a dead console left is in nobody's way, whatever it says. */
async function judgeInstance({ folder, random, findings }: Case): Promise<void> {
  const path = join(folder, 'instance.json');
  // No process has it, and nothing listens there.
  const dead = { pid: 2 ** 31 - 1, port: 9, controlSecret: 'not-a-real-secret' };
  writeFileSync(path, JSON.stringify(dead));
  damage(path, random);
  const own = { ...dead, pid: process.pid };
  const claim = await attempt('the claim of the folder', findings, () =>
    claimInstance({ dataFolder: folder, instance: own }),
  );
  if (claim !== undefined && claim.kind !== 'ours') findings.push(`a dead console keeps others out: ${claim.kind}`);
  if (claim?.kind === 'ours') claim.release();
}

/** The files that settings and keys are kept in, damaged in every way; the settings of the shop are in its database. */
export const settingsSuite: Suite = async (order) => {
  const outcomes = { kept: 0, lost: 0, refused: 0 };
  const { tried, findings } = await runCases('settings', order, async (number) => {
    const folder = mkdtempSync(join(tmpdir(), 'heads-up-fuzz-settings-'));
    const one: Case = { folder, random: createRandom(order.seed, 'settings-files', number), findings: [] };
    try {
      outcomes[await judgeVault(one)] += 1;
      await judgeInstance(one);
      if (isPolluted()) one.findings.push('every object of this process was changed');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return { tried: 1, findings: one.findings };
  });
  const figures = [
    { name: 'settings files damaged', value: tried },
    { name: 'with all keys readable after it', value: outcomes.kept },
    { name: 'with keys lost, and why', value: outcomes.lost },
  ];
  return { figures, findings };
};
