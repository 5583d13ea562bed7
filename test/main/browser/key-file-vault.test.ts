import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKeyFileVault } from '../../../main/browser/key-file-vault.ts';
import { scratch } from '../../helpers/scratch.ts';

const secret = 'not-a-real-key "with" ünïcode 🔑';

function setUp() {
  const root = mkdtempSync(join(scratch, 'heads-up-vault-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const configFolder = join(root, 'config');
  const keyFolder = join(root, 'keys');
  return {
    configPath: join(configFolder, 'config.json'),
    keyPath: join(keyFolder, 'key'),
    listConfigs: () => readdirSync(configFolder).map((name) => join(configFolder, name)),
    openVault: (passphrase: string | null = null) => createKeyFileVault({ configFolder, keyFolder, passphrase }),
  };
}

type Config = { browserSecrets: Record<string, string>; other?: string };

function editConfig(path: string, edit: (config: Config) => void): void {
  const config = JSON.parse(readFileSync(path, 'utf8')) as Config;
  edit(config);
  writeFileSync(path, JSON.stringify(config));
}

describe('with a key file', () => {
  it('gives back what it was given, over a restart, and null for what it never had', async () => {
    const { openVault } = setUp();
    await openVault().write('postscript_key', secret);
    expect(await openVault().read('postscript_key')).toBe(secret);
    expect(await openVault().read('smartrr_token')).toBeNull();
  });

  it('forgets what is removed and keeps the rest', async () => {
    const { openVault } = setUp();
    const vault = openVault();
    await vault.write('postscript_key', secret);
    await vault.write('smartrr_token', 'other');
    await vault.remove('postscript_key');
    expect([await vault.read('postscript_key'), await vault.read('smartrr_token')]).toEqual([null, 'other']);
  });

  it('leaves nothing readable in the config file and what belongs to others in it alone', async () => {
    const { openVault, configPath } = setUp();
    await openVault().write('inbox_token', secret);
    editConfig(configPath, (config) => (config.other = 'kept'));
    await openVault().write('postscript_key', secret);
    const text = readFileSync(configPath, 'utf8');
    expect(text).toContain('kept');
    expect(text).not.toContain('not-a-real-key');
    expect(text).not.toContain(Buffer.from(secret).toString('base64url').slice(0, 12));
  });

  it('never writes the same bytes twice for the same secret', async () => {
    const { openVault, configPath } = setUp();
    const vault = openVault();
    await vault.write('inbox_token', secret);
    const first = readFileSync(configPath, 'utf8');
    await vault.write('inbox_token', secret);
    expect(readFileSync(configPath, 'utf8')).not.toBe(first);
  });

  it.skipIf(process.platform === 'win32')(
    'makes both files readable for their owner only, and again after a restore',
    async () => {
      const { openVault, configPath, keyPath } = setUp();
      await openVault().write('postscript_key', secret);
      const modes = () => [configPath, keyPath].map((path) => statSync(path).mode & 0o777);
      expect(modes()).toEqual([0o600, 0o600]);
      chmodSync(keyPath, 0o644);
      await openVault().read('postscript_key');
      expect(modes()).toEqual([0o600, 0o600]);
    },
  );

  it('says so when the key file is gone, and works again with a key that is entered anew', async () => {
    const { openVault, keyPath } = setUp();
    await openVault().write('postscript_key', secret);
    rmSync(keyPath);
    await expect(openVault().read('postscript_key')).rejects.toThrow('The key file is gone');
    await openVault().write('postscript_key', 'entered again');
    expect(await openVault().read('postscript_key')).toBe('entered again');
  });

  it('tells a foreign key file from a damaged one', async () => {
    const { openVault, keyPath } = setUp();
    await openVault().write('postscript_key', secret);
    writeFileSync(keyPath, Buffer.alloc(32, 7));
    await expect(openVault().read('postscript_key')).rejects.toThrow('not the one that the saved keys were made with');
    writeFileSync(keyPath, 'short');
    await expect(openVault().read('postscript_key')).rejects.toThrow('damaged');
    await expect(openVault().write('postscript_key', 'x')).rejects.toThrow('damaged');
  });

  it('notices every changed part', async () => {
    const { openVault, configPath } = setUp();
    await openVault().write('postscript_key', secret);
    const sealed = (JSON.parse(readFileSync(configPath, 'utf8')) as Config).browserSecrets['postscript_key'] ?? '';
    const parts = sealed.split('.');
    expect(parts).toHaveLength(5);
    for (const index of parts.keys()) {
      const changed = parts.with(
        index,
        (parts[index] ?? '').replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
      );
      editConfig(configPath, (config) => (config.browserSecrets['postscript_key'] = changed.join('.')));
      await expect(openVault().read('postscript_key')).rejects.toThrow(/changed or damaged|not the one/);
    }
    editConfig(configPath, (config) => (config.browserSecrets['postscript_key'] = parts.slice(0, 4).join('.')));
    await expect(openVault().read('postscript_key')).rejects.toThrow('changed or damaged');
  });

  it('notices a shortened tag and a secret put under another name', async () => {
    const { openVault, configPath } = setUp();
    await openVault().write('postscript_key', secret);
    editConfig(configPath, ({ browserSecrets }) => {
      const sealed = browserSecrets['postscript_key'] ?? '';
      browserSecrets['smartrr_token'] = sealed;
      browserSecrets['inbox_token'] = sealed.slice(0, -16);
    });
    await expect(openVault().read('smartrr_token')).rejects.toThrow('changed or damaged');
    await expect(openVault().read('inbox_token')).rejects.toThrow('changed or damaged');
    expect(await openVault().read('postscript_key')).toBe(secret);
  });

  it.each([
    ['half of it', (whole: string) => whole.slice(0, whole.length / 2)],
    ['empty', () => ''],
    ['a text', () => 'Dear merchant'],
    ['a list', () => '[]'],
    ['zeros, as after a power cut', (whole: string) => '\0'.repeat(whole.length)],
  ])('a config that is %s is kept aside, said in words, and the keys can be entered again', async (_name, spoil) => {
    const { openVault, configPath, listConfigs } = setUp();
    await openVault().write('postscript_key', secret);
    const bad = spoil(readFileSync(configPath, 'utf8'));
    writeFileSync(configPath, bad);
    const vault = openVault();
    expect(await vault.read('postscript_key')).toBeNull();
    const [kept = ''] = listConfigs().filter((path) => path !== configPath);
    expect(readFileSync(kept, 'utf8')).toBe(bad);
    const { problem } = await vault.describe();
    expect(problem).toContain(`${configPath} was damaged, so the saved keys are gone`);
    expect(problem).toContain(`The damaged file is kept as ${kept}.`);

    await vault.write('postscript_key', 'entered again');
    expect((await vault.describe()).problem).toBeNull();
    expect(await openVault().read('postscript_key')).toBe('entered again');
    expect(listConfigs()).toHaveLength(2);
  });

  it('puts a folder aside that lies where the config should', async () => {
    const { openVault, configPath } = setUp();
    mkdirSync(configPath, { recursive: true });
    await openVault().write('postscript_key', secret);
    expect(await openVault().read('postscript_key')).toBe(secret);
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'leaves a config alone that may not be read, and names it',
    async () => {
      const { openVault, configPath } = setUp();
      await openVault().write('postscript_key', secret);
      chmodSync(configPath, 0);
      expect(() => openVault()).toThrow(`${configPath} cannot be read`);
      chmodSync(configPath, 0o600);
      expect(await openVault().read('postscript_key')).toBe(secret);
    },
  );

  it('says to the merchant why a saved key cannot be opened, until it is entered again or removed', async () => {
    const { openVault, keyPath } = setUp();
    await openVault().write('postscript_key', secret);
    await openVault().write('smartrr_token', secret);
    rmSync(keyPath);
    const vault = openVault();
    for (const name of ['postscript_key', 'smartrr_token'] as const)
      await expect(vault.read(name)).rejects.toThrow('The key file is gone');
    expect((await vault.describe()).problem).toContain('The key file is gone');
    await vault.write('postscript_key', 'entered again');
    expect((await vault.describe()).problem).toContain('The key file is gone');
    await vault.remove('smartrr_token');
    expect((await vault.describe()).problem).toBeNull();
  });

  it('describes itself with the place of the key', async () => {
    const { openVault, keyPath } = setUp();
    expect(await openVault().describe()).toEqual({
      state: 'protected',
      description: expect.stringContaining(keyPath) as string,
      problem: null,
    });
  });
});

describe('with a passphrase', () => {
  it('opens with the same passphrase only, and writes no key file', async () => {
    const { openVault, keyPath } = setUp();
    await openVault('correct horse').write('postscript_key', secret);
    expect(await openVault('correct horse').read('postscript_key')).toBe(secret);
    await expect(openVault('wrong horse').read('postscript_key')).rejects.toThrow('HEADS_UP_PASSPHRASE is not');
    expect(() => statSync(keyPath)).toThrow('ENOENT');
  });

  it('says what is missing when it was used before and is not given now, and the other way round', async () => {
    const { openVault } = setUp();
    await openVault('correct horse').write('postscript_key', secret);
    await openVault().write('smartrr_token', secret);
    await expect(openVault().read('postscript_key')).rejects.toThrow('start Heads Up with HEADS_UP_PASSPHRASE');
    await expect(openVault('correct horse').read('smartrr_token')).rejects.toThrow('without HEADS_UP_PASSPHRASE');
  });
});
