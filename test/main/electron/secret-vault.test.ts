import { expect, it } from 'vitest';
import { createSecretVault, type SecretStore } from '../../../main/electron/secret-vault.ts';
import type { SecretName } from '../../../main/engine/port.ts';

type Backend = 'basic_text' | 'gnome_libsecret';

function setUp({ backend = 'gnome_libsecret' as Backend, isAvailable = true, shouldReEncrypt = false } = {}) {
  const kept = new Map<SecretName, string>();
  const store: SecretStore = {
    get: (name) => kept.get(name),
    set: (name, value) => void kept.set(name, value),
    delete: (name) => void kept.delete(name),
  };
  let encrypted = 0;
  const safeStorage = {
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
    encryptStringAsync: (text: string) => {
      encrypted += 1;
      return Promise.resolve(Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0xff)));
    },
    decryptStringAsync: (sealed: Buffer) => {
      if (sealed.length === 0) return Promise.reject(new Error('cannot decrypt'));
      const result = Buffer.from([...sealed].map((byte) => byte ^ 0xff)).toString();
      return Promise.resolve({ result, shouldReEncrypt });
    },
  };
  const open = (platform: NodeJS.Platform = 'linux') => createSecretVault({ safeStorage, store, platform });
  return { kept, open, countEncrypted: () => encrypted };
}

it('keeps secrets encrypted, gives them back and forgets them', async () => {
  const { open, kept } = setUp();
  const vault = await open();
  await vault.write('postscript_key', 'not-a-real-key');
  expect([...kept.values()].join()).not.toContain('not-a-real-key');
  expect(await vault.read('postscript_key')).toBe('not-a-real-key');
  expect(await vault.read('smartrr_token')).toBeNull();
  await vault.remove('postscript_key');
  expect(await vault.read('postscript_key')).toBeNull();
});

it.each([{ backend: 'basic_text' as const }, { isAvailable: false }])(
  'keeps nothing without a keyring: %j',
  async (without) => {
    const { open, kept } = setUp(without);
    const vault = await open();
    await expect(vault.write('postscript_key', 'not-a-real-key')).rejects.toThrow('no keyring');
    expect(kept.size).toBe(0);
    expect(vault.describe().isSafe).toBe(false);
  },
);

it('asks for the backend on Linux only', async () => {
  const { open } = setUp({ backend: 'basic_text' });
  expect((await open('darwin')).describe().isSafe).toBe(true);
});

it('says so when a kept secret cannot be opened here', async () => {
  const { open, kept } = setUp();
  kept.set('inbox_token', '');
  await expect((await open()).read('inbox_token')).rejects.toThrow('Enter it again');
});

it('encrypts anew when the keyring has a newer key', async () => {
  const { open, countEncrypted } = setUp({ shouldReEncrypt: true });
  const vault = await open();
  await vault.write('inbox_token', 'not-a-real-token');
  expect(await vault.read('inbox_token')).toBe('not-a-real-token');
  expect(countEncrypted()).toBe(2);
});
