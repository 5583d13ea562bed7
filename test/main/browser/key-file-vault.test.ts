import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKeyFileVault } from '../../../main/browser/key-file-vault.ts';

const secret = 'not-a-real-key "with" ünïcode 🔑';

function setUp() {
  const root = mkdtempSync(join(tmpdir(), 'heads-up-vault-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const configFolder = join(root, 'config');
  const keyFolder = join(root, 'keys');
  return {
    configPath: join(configFolder, 'config.json'),
    keyPath: join(keyFolder, 'key'),
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

  it('says which file it cannot read when the config is broken', async () => {
    const { openVault, configPath } = setUp();
    await openVault().write('postscript_key', secret);
    writeFileSync(configPath, '{ broken');
    expect(() => openVault()).toThrow(configPath);
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
