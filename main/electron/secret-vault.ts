import type { SafeStorage } from 'electron';
import type { SecretStoreState } from '../../shared/ipc/computer-contract.ts';
import { toError } from '../../shared/result.ts';
import { secretNames, type SecretName, type SecretVault } from '../engine/port.ts';
import { describeProblems, describeState, noKeyring, noKeyringNow, type ReadProblem } from './secret-words.ts';

/** The part of electron-store that is used: encrypted secrets by name, base64, and what the merchant has accepted. */
export type SecretStore = Readonly<{
  get: (name: SecretName) => string | undefined;
  set: (name: SecretName, value: string) => void;
  delete: (name: SecretName) => void;
  hasAcceptedWeakKeyring: () => boolean;
  setAcceptedWeakKeyring: (isAccepted: boolean) => void;
}>;

export type DesktopVault = SecretVault &
  Readonly<{
    /** From now on keys are kept although no keyring protects them. */
    acceptWeakKeyring: () => void;
    /** Not any more. What was kept that way is not touched: see listWeak. */
    refuseWeakKeyring: () => void;
    /** The secrets that are kept and that no keyring protects. */
    listWeak: () => readonly SecretName[];
  }>;

type AsyncStorage = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
>;

type VaultDeps = Readonly<{
  safeStorage: AsyncStorage;
  store: SecretStore;
  platform: NodeJS.Platform;
  /** What became of a damaged file that held the secrets; null when none was. */
  setAside: string | null;
}>;

/** What is encrypted begins with the name of the key it was encrypted with. */
const tag = /^v\d\d/;
/** On Linux the key of this name is a password that stands in Chromium's source. */
const weakTag = 'v10';

/**
 * Keeps secrets encrypted by the operating system's keyring, which is asked at every use.
 *
 * Where there is none, Electron on Linux does not say so: it "encrypts" with a password that everybody knows, also when
 * it names a keyring that does not answer. The encrypted text shows it, so that is what is looked at, and nothing is
 * kept that way before the merchant has accepted it.
 */
export function createSecretVault({ safeStorage, store, platform, setAside }: VaultDeps): DesktopVault {
  /** Until the merchant has begun to enter them again. */
  let lost = setAside;
  const problems = new Map<SecretName, ReadProblem>();
  if (store.hasAcceptedWeakKeyring()) safeStorage.setUsePlainTextEncryption(true);

  function setAccepted(isAccepted: boolean): void {
    store.setAcceptedWeakKeyring(isAccepted);
    safeStorage.setUsePlainTextEncryption(isAccepted);
  }

  function isWeak(sealed: Buffer): boolean {
    if (platform !== 'linux') return false;
    return sealed.toString('latin1', 0, 3) === weakTag || safeStorage.getSelectedStorageBackend() === 'basic_text';
  }

  /** Null when the keyring gives no key now. */
  async function seal(value: string): Promise<Buffer | null> {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
    const sealed = await safeStorage.encryptStringAsync(value).catch(() => null);
    // There is a keyring now. Should it be missing again one day, the merchant is asked again.
    if (sealed !== null && !isWeak(sealed) && store.hasAcceptedWeakKeyring()) setAccepted(false);
    return sealed;
  }

  function keep(name: SecretName, sealed: Buffer): void {
    try {
      store.set(name, sealed.toString('base64'));
    } catch (error) {
      throw new Error('The key could not be saved: the disk refused. Make room and try again.', { cause: error });
    }
  }

  /** Whatever goes wrong, the old text stays, and the next start tries again. */
  async function sealAnew(name: SecretName, value: string): Promise<void> {
    const sealed = await seal(value);
    if (sealed === null || isWeak(sealed)) return;
    try {
      keep(name, sealed);
    } catch {
      return;
    }
  }

  async function open(sealed: Buffer): Promise<Awaited<ReturnType<AsyncStorage['decryptStringAsync']>>> {
    // What was never encrypted is no key of ours, whatever Electron would make of it.
    if (!tag.test(sealed.toString('latin1', 0, 3))) throw new Error('Not an encrypted text');
    return safeStorage.decryptStringAsync(sealed);
  }

  return {
    read: async (name) => {
      const text = store.get(name);
      problems.delete(name);
      if (text === undefined) return null;
      const sealed = Buffer.from(text, 'base64');
      const opened = await open(sealed).catch((error: unknown) => {
        problems.set(name, isTemporary(error) ? 'locked' : 'unreadable');
        throw new Error(describeProblems(problems) ?? '', { cause: error });
      });
      if (opened.shouldReEncrypt || isWeak(sealed)) await sealAnew(name, opened.result);
      return opened.result;
    },
    write: async (name, value) => {
      const sealed = await seal(value);
      if (sealed === null) throw new Error(noKeyringNow);
      if (isWeak(sealed) && !store.hasAcceptedWeakKeyring()) throw new Error(noKeyring);
      keep(name, sealed);
      problems.delete(name);
      lost = null;
    },
    remove: (name) => {
      store.delete(name);
      problems.delete(name);
      return Promise.resolve();
    },
    describe: async () => {
      const state = await findState();
      return { state, description: describeState[state], problem: describeProblems(problems) ?? lost };
    },
    acceptWeakKeyring: () => setAccepted(true),
    refuseWeakKeyring: () => setAccepted(false),
    listWeak: () =>
      secretNames.filter((name) => {
        const text = store.get(name);
        return text !== undefined && isWeak(Buffer.from(text, 'base64'));
      }),
  };

  async function findState(): Promise<SecretStoreState['state']> {
    const sealed = await seal('A text to see which key it gets');
    if (sealed === null) return 'unavailable';
    if (!isWeak(sealed)) return 'protected';
    return store.hasAcceptedWeakKeyring() ? 'accepted' : 'unprotected';
  }
}

/** Electron has no code for it, only this sentence. */
function isTemporary(error: unknown): boolean {
  return toError(error).message.includes('temporarily unavailable');
}
