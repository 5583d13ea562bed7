import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyFileVault } from '../../../main/browser/key-file-vault.ts';
import { pageKeyHeader } from '../../../shared/page-key.ts';
import { canBeAnotherUser, otherUser } from '../../helpers/another-user.ts';
import { startConsoleProcess } from '../../helpers/console-process.ts';
import { rawRequest } from '../../helpers/raw-request.ts';
import { scratch } from '../../helpers/scratch.ts';
import type { Finding, PartReport } from '../part.ts';

/** What the other user's program tells about itself. */
type Loot = Readonly<{ read: string[]; written: string[]; answers: string[]; processes: string }>;

const passphrase = 'not-a-real-passphrase';
const found = (what: string): Finding => ({ what, replay: null });

/** Runs as another user, with nothing but what any user has: tries every file, the port, and what /proc tells. */
const intruder = `
const { accessSync, constants, readdirSync, readFileSync } = require('node:fs');
const { connect } = require('node:net');
const { root, port, pid } = JSON.parse(process.argv[1]);
const loot = { read: [], written: [], answers: [], processes: '' };
const may = (path, mode) => { try { accessSync(path, mode); return true; } catch { return false; } };
const walk = (folder) => {
  let entries = [];
  try { entries = readdirSync(folder, { withFileTypes: true }); } catch { return; }
  for (const entry of entries) {
    const path = folder + '/' + entry.name;
    if (may(path, constants.W_OK)) loot.written.push(path);
    if (entry.isDirectory()) walk(path);
    else if (may(path, constants.R_OK)) loot.read.push(path);
  }
};
walk(root);
for (const name of ['cmdline', 'environ']) {
  try { loot.processes += readFileSync('/proc/' + pid + '/' + name, 'latin1'); } catch {}
}
const ask = (request) => new Promise((resolve) => {
  let answer = '';
  const socket = connect(port, '127.0.0.1', () => socket.write(request));
  socket.on('data', (chunk) => { answer += chunk; socket.end(); });
  socket.on('error', () => undefined).on('close', () => resolve(answer));
});
const host = 'Host: 127.0.0.1:' + port + '\\r\\n\\r\\n';
Promise.all(['GET / HTTP/1.1\\r\\n', 'GET /?token=guess HTTP/1.1\\r\\n', 'POST /control/link HTTP/1.1\\r\\n'].map((line) => ask(line + host)))
  .then((answers) => { loot.answers = answers.filter(Boolean); console.log(JSON.stringify(loot)); });
`;

/**
 * The console at work in a folder that everybody may look into, with saved keys, a backup and a log; then a program of
 * another user helps itself.
 *
 * @param opened for the control: a file of the shop that is given to everybody
 */
export async function attackAsAnotherUser(opened: string | null = null): Promise<PartReport> {
  if (!canBeAnotherUser) {
    return { figures: [], findings: [], skipped: 'Only root on Linux can start a program as another user.' };
  }
  const home = mkdtempSync(join(scratch, 'heads-up-neighbours-'));
  const shop = join(home, 'shop');
  for (const folder of [shop, join(home, 'data'), join(home, 'config')]) mkdirSync(folder);
  for (const folder of [home, shop, join(home, 'data'), join(home, 'config')]) chmodSync(folder, 0o755);
  const keyFolder = join(home, 'config', 'heads-up-keys');
  const vault = createKeyFileVault({ configFolder: shop, keyFolder, passphrase: null });
  await vault.write('postscript_key', 'not-a-real-key');
  const running = await startConsoleProcess(['--data', shop], { HEADS_UP_PASSPHRASE: passphrase }, home);
  try {
    const port = Number(new URL(running.link).port);
    await makeBackup(port, running.link);
    if (opened !== null) chmodSync(join(shop, opened), 0o644);
    const order = JSON.stringify({ root: home, port, pid: running.child.pid });
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', intruder, order], {
      ...otherUser,
      encoding: 'utf8',
      env: {},
    });
    if (stdout === '') throw new Error(`The other user's program failed: ${stderr}`);
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return {
      figures: [{ name: 'files kept from another user', value: files.length }],
      findings: judge(JSON.parse(stdout) as Loot, readFileSync(join(shop, 'instance.json'), 'utf8')),
      skipped: null,
    };
  } finally {
    await running.kill();
    rmSync(home, { recursive: true });
  }
}

function judge({ read, written, answers, processes }: Loot, instance: string): readonly Finding[] {
  const { controlSecret } = JSON.parse(instance) as { controlSecret: string };
  return [
    ...read.map((path) => found(`Another user may read ${path}.`)),
    ...written.map((path) => found(`Another user may write ${path}.`)),
    ...answers.map((answer) => found(`Another user was answered ${JSON.stringify(answer.slice(0, 60))}.`)),
    ...[controlSecret, passphrase, 'token='].flatMap((secret) =>
      processes.includes(secret) ? [found(`What everybody may know of the process holds ${secret}.`)] : [],
    ),
  ];
}

/** As the merchant asks for it in Settings; so that there is a backup to look for. */
async function makeBackup(port: number, link: string): Promise<void> {
  const { headers } = await rawRequest(port, { path: `/${new URL(link).search}` });
  const made = await rawRequest(port, {
    method: 'POST',
    path: '/api/call',
    headers: {
      cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '',
      [pageKeyHeader]: headers.location?.split('#page=')[1] ?? '',
      origin: `http://127.0.0.1:${port}`,
    },
    body: '{"channel":"backups.create","input":{}}',
  });
  if (!made.body.startsWith('{"ok":true')) throw new Error(`Expected a backup to be made: ${made.body}`);
}
