import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isBuildStale } from '../../scripts/build.mjs';
import { startChild } from '../helpers/child.ts';
import { listNodes, nameOf } from '../helpers/syntax.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

// `npm test` builds first; a single run of this file does not build behind the back.
describe.skipIf(isBuildStale(root))('what was built', () => {
  const findImports = (folder: string): string[] =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.c?js$/.test(entry.name))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .flatMap((text) => [
        ...text.matchAll(/^import (?:[^"';]+ from )?"([^"]+)";$/gm),
        // Not the ones in texts from which ajv would generate code.
        ...text.matchAll(/(?:= |__)require\("([^"]+)"\)/g),
      ])
      .map(([, name = '']) => name)
      .filter((name) => !name.startsWith('.') && !isBuiltin(name));

  it('needs nothing from node_modules but the database', () => {
    const imports = new Set(findImports('dist/main'));
    expect([...imports].sort()).toEqual(['better-sqlite3', 'electron']);
  });

  it('does not load what only an update needs when the desktop app starts', () => {
    const read = (file: string): string => readFileSync(join(root, 'dist/main', file), 'utf8');
    const isForUpdates = (file: string): boolean => read(file).includes('exports.AppImageUpdater = AppImageUpdater');
    const loaded = new Set(['index.js']);
    // A set goes on with what is added to it meanwhile.
    for (const file of loaded) {
      for (const [, name = ''] of read(file).matchAll(/^import (?:[^"';]+ from )?"(\.[^"]+)";$/gm)) {
        loaded.add(join(dirname(file), name));
      }
    }
    expect(loaded.size).toBeGreaterThan(3);
    expect([...loaded].filter(isForUpdates)).toEqual([]);
    const chunks = readdirSync(join(root, 'dist/main/chunks')).filter((name) => name.endsWith('.js'));
    expect(chunks.filter((name) => isForUpdates(join('chunks', name)))).toHaveLength(1);
  });

  it('gives the sandboxed preload one require, of electron, and nothing that only Node has', () => {
    const nodes = listNodes('index.cjs', readFileSync(join(root, 'dist/preload/index.cjs'), 'utf8'));
    const calls = nodes.filter(({ type }) => type === 'CallExpression' || type === 'ImportExpression');
    const requires = calls.filter((node) => nameOf(node['callee'] ?? node['source']) === 'require');
    expect(requires.map((node) => (node['arguments'] as unknown[]).map(nameOf))).toEqual([['electron']]);
    expect(nodes.filter(({ type }) => type.startsWith('Import'))).toEqual([]);
    const names = new Set(nodes.filter(({ type }) => type === 'Identifier').map(nameOf));
    expect(['process', 'Buffer', 'global', 'module', '__dirname', 'eval'].filter((name) => names.has(name))).toEqual(
      [],
    );
    expect(names).toContain('exposeInMainWorld');
  });

  it('gives the page nothing of Node: no built-in module, no require, no process that it would need', () => {
    const paths = readdirSync(join(root, 'dist/renderer'), { recursive: true, encoding: 'utf8' });
    const scripts = paths.filter((path) => path.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(20);
    for (const path of scripts) {
      const nodes = listNodes(path, readFileSync(join(root, 'dist/renderer', path), 'utf8'));
      const imported = nodes
        .filter(({ type }) => /^(?:Import|Export).*(?:Declaration|Expression)$/.test(type))
        .map((node) => nameOf(node['source']))
        .filter((name) => name !== null && !name.startsWith('.'));
      const called = nodes.filter(({ type }) => type === 'CallExpression').map((node) => nameOf(node['callee']));
      // React asks whether there is a process before it uses one.
      const used = nodes
        .filter(({ type, object }) => type === 'MemberExpression' && nameOf(object) === 'process')
        .map((node) => nameOf(node['property']))
        .filter((name) => name !== 'emit');
      expect({
        path,
        imported,
        used,
        requires: called.filter((name) => name === 'require' || name === 'eval'),
      }).toEqual({
        path,
        imported: [],
        used: [],
        requires: [],
      });
    }
  });
});

describe.skipIf(isBuildStale(root) || process.platform === 'win32')('npm start', () => {
  function makeFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'heads-up-start-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return folder;
  }

  it.each([
    ['Ctrl+C, which reaches every process', (pid: number) => process.kill(-pid, 'SIGINT')],
    ['a SIGTERM to npm alone', (pid: number) => process.kill(pid, 'SIGTERM')],
  ])('serves the console and ends with 0 after %s', async (_name, stop) => {
    const folder = makeFolder();
    const flags = ['--browser', '--no-open', '--data', join(folder, 'shop')];
    const child = spawn('npm', ['start', '--', ...flags], {
      cwd: root,
      env: { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const ended = once(child, 'exit');
    onTestFinished(() => void (child.exitCode === null && child.kill('SIGKILL')));
    let output = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      output += String(chunk);
      if (output.includes('Heads Up is ready: http://127.0.0.1:')) break;
    }
    expect(output).toContain('Heads Up runs in your browser, as asked.');
    stop(child.pid ?? 0);
    expect(await ended).toEqual([0, null]);
  });

  it('shows its flags', async () => {
    const child = startChild(process.execPath, ['scripts/start.mjs', '--browser', '--help']);
    expect(await child.exitCode).toBe(0);
    expect(child.output()).toContain('--practice');
  });
});
