import { describe, expect, it } from 'vitest';
import { createSecretVault, type SecretStore } from '../../../main/electron/secret-vault.ts';
import type { SecretName } from '../../../main/engine/port.ts';
import { createFakeSafeStorage, type Keyring } from '../../helpers/fake-safe-storage.ts';

const secret = 'not-a-real-key-0123456789';

function setUp(keyring: Keyring = 'open', platform: 'linux' | 'darwin' | 'win32' = 'linux') {
  const fake = createFakeSafeStorage(platform);
  fake.set(keyring);
  const kept = new Map<SecretName, string>();
  let hasAccepted = false;
  let isDiskFull = false;
  const store: SecretStore = {
    get: (name) => kept.get(name),
    set: (name, value) => {
      if (isDiskFull) throw new Error('ENOSPC: no space left on device');
      kept.set(name, value);
    },
    delete: (name) => void kept.delete(name),
    hasAcceptedWeakKeyring: () => hasAccepted,
    setAcceptedWeakKeyring: (isAccepted) => {
      hasAccepted = isAccepted;
    },
  };
  /** A start of the app. */
  const open = () => {
    // What Electron was told before, its process has forgotten.
    fake.safeStorage.setUsePlainTextEncryption(false);
    return createSecretVault({ safeStorage: fake.safeStorage, store, platform, setAside: null });
  };
  return {
    ...fake,
    kept,
    open,
    hasAccepted: () => hasAccepted,
    tagOf: (name: SecretName) => Buffer.from(kept.get(name) ?? '', 'base64').toString('latin1', 0, 3),
    fillDisk: () => {
      isDiskFull = true;
    },
  };
}

describe('with a keyring', () => {
  it('keeps secrets encrypted, gives them back and forgets them', async () => {
    const { open, kept, tagOf } = setUp();
    const vault = open();
    await vault.write('postscript_key', secret);
    const file = [...kept.values()].join();
    expect(file + Buffer.from(file, 'base64').toString('latin1')).not.toContain(secret.slice(0, 5));
    expect(tagOf('postscript_key')).toBe('v11');
    expect(await vault.read('postscript_key')).toBe(secret);
    expect(await vault.read('smartrr_token')).toBeNull();
    await vault.remove('postscript_key');
    expect(await vault.read('postscript_key')).toBeNull();
    expect(await vault.describe()).toMatchObject({ state: 'protected', problem: null });
  });

  it.each(['darwin', 'win32'] as const)(
    'never asks for a Linux backend on %s, where v10 is the right tag',
    async (on) => {
      const { open, tagOf } = setUp('open', on);
      const vault = open();
      await vault.write('smartrr_token', secret);
      expect(tagOf('smartrr_token')).toBe('v10');
      expect(await vault.read('smartrr_token')).toBe(secret);
      expect((await vault.describe()).state).toBe('protected');
      expect(vault.listWeak()).toEqual([]);
    },
  );

  it('encrypts anew when the keyring has a newer key, once', async () => {
    const { open, rotate, kept } = setUp();
    const vault = open();
    await vault.write('inbox_token', secret);
    const before = kept.get('inbox_token');
    rotate();
    expect(await vault.read('inbox_token')).toBe(secret);
    const after = kept.get('inbox_token');
    expect(after).not.toBe(before);
    expect(await vault.read('inbox_token')).toBe(secret);
    expect(kept.get('inbox_token')).toBe(after);
  });

  it('gives a secret back even when it cannot be written anew', async () => {
    const { open, rotate, fillDisk } = setUp();
    const vault = open();
    await vault.write('inbox_token', secret);
    rotate();
    fillDisk();
    expect(await vault.read('inbox_token')).toBe(secret);
    await expect(vault.write('inbox_token', secret)).rejects.toThrow('the disk refused');
  });
});

describe('with a keyring that is locked', () => {
  it.each(['linux', 'darwin'] as const)(
    'says so on %s, and reads again without a restart once it is open',
    async (on) => {
      const { open, set } = setUp('open', on);
      await open().write('postscript_key', secret);
      set('locked');
      const vault = open();
      await expect(vault.read('postscript_key')).rejects.toThrow(/locked .*the Postscript key.* Unlock the keyring/);
      expect((await vault.describe()).problem).toContain('Heads Up looks again by itself');
      set('open');
      expect(await vault.read('postscript_key')).toBe(secret);
      expect(await vault.describe()).toMatchObject({ state: 'protected', problem: null });
    },
  );

  it('keeps no new secret with the key that everybody knows, whatever keyring Electron names', async () => {
    const { open, kept, safeStorage } = setUp('locked');
    expect(safeStorage.getSelectedStorageBackend()).toBe('gnome_libsecret');
    await expect(open().write('postscript_key', secret)).rejects.toThrow('no keyring');
    expect(kept.size).toBe(0);
  });

  it('keeps nothing where the system refuses its key', async () => {
    const { open, kept } = setUp('locked', 'darwin');
    const vault = open();
    await expect(vault.write('postscript_key', secret)).rejects.toThrow('gives no key now');
    expect(kept.size).toBe(0);
    expect((await vault.describe()).state).toBe('unavailable');
  });

  it('does not put a weaker copy in the place of what it protects', async () => {
    const { open, set, tagOf } = setUp();
    await open().write('postscript_key', secret);
    set('locked');
    const vault = open();
    vault.acceptWeakKeyring();
    await expect(vault.read('postscript_key')).rejects.toThrow('locked');
    expect(tagOf('postscript_key')).toBe('v11');
    expect(vault.listWeak()).toEqual([]);
  });
});

describe('without a keyring', () => {
  it('keeps nothing before the merchant has accepted it', async () => {
    const { open, kept, isPlainTextAllowed } = setUp('none');
    const vault = open();
    await expect(vault.write('postscript_key', secret)).rejects.toThrow('no keyring');
    expect(kept.size).toBe(0);
    expect(isPlainTextAllowed()).toBe(false);
    expect((await vault.describe()).state).toBe('unprotected');
  });

  it('trusts no keyring on a desktop that Electron calls basic_text', async () => {
    const { open, hideDesktop, kept } = setUp('open');
    hideDesktop();
    const vault = open();
    await expect(vault.write('postscript_key', secret)).rejects.toThrow('no keyring');
    expect({ size: kept.size, state: (await vault.describe()).state }).toEqual({ size: 0, state: 'unprotected' });
  });

  it('keeps it once that is accepted, also after a restart, and says how', async () => {
    const { open, isPlainTextAllowed } = setUp('none');
    const first = open();
    first.acceptWeakKeyring();
    await first.write('postscript_key', secret);
    const second = open();
    expect(isPlainTextAllowed()).toBe(true);
    expect(await second.read('postscript_key')).toBe(secret);
    expect((await second.describe()).description).toContain('whoever can read the files');
    expect(second.listWeak()).toEqual(['postscript_key']);
    second.refuseWeakKeyring();
    expect(isPlainTextAllowed()).toBe(false);
    await expect(second.write('smartrr_token', secret)).rejects.toThrow('no keyring');
  });

  it('moves what was kept under the protection of a keyring that appears, and asks again should it go', async () => {
    const { open, set, tagOf, hasAccepted } = setUp('none');
    const first = open();
    first.acceptWeakKeyring();
    await first.write('postscript_key', secret);
    expect(tagOf('postscript_key')).toBe('v10');
    set('open');
    const second = open();
    expect(await second.read('postscript_key')).toBe(secret);
    expect(tagOf('postscript_key')).toBe('v11');
    expect(second.listWeak()).toEqual([]);
    expect(hasAccepted()).toBe(false);
    set('none');
    expect((await open().describe()).state).toBe('unprotected');
  });
});

describe('a saved secret that cannot be opened here', () => {
  const other = Buffer.from('v11?sealed on another computer').toString('base64');
  it.each([
    ['is from another computer', other],
    ['is empty', ''],
    ['is no base64', '%%%%'],
    ['was never encrypted', Buffer.from(secret).toString('base64')],
  ])('says "Enter it again" when it %s, and goes on', async (_how, text) => {
    const { open, kept } = setUp();
    kept.set('inbox_token', text);
    const vault = open();
    await expect(vault.read('inbox_token')).rejects.toThrow("the inbox's read token. Enter it again");
    expect((await vault.describe()).problem).toContain('Enter it again');
    await vault.write('inbox_token', secret);
    expect(await vault.read('inbox_token')).toBe(secret);
    expect((await vault.describe()).problem).toBeNull();
  });

  it('tells the locked from the lost', async () => {
    const { open, kept, set } = setUp();
    await open().write('postscript_key', secret);
    kept.set('smartrr_token', Buffer.from('nonsense').toString('base64'));
    set('locked');
    const vault = open();
    for (const name of ['postscript_key', 'smartrr_token'] as const) await vault.read(name).catch(() => null);
    expect((await vault.describe()).problem).toMatch(
      /locked .*the Postscript key\..*not to be opened .*the Smartrr token\./,
    );
  });
});
