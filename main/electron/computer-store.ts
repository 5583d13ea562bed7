import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Store from 'electron-store';
import { z } from 'zod';
import { closeChoices } from '../../shared/ipc/computer-contract.ts';
import { toError } from '../../shared/result.ts';
import { setAsideDamagedConfig } from '../damaged-config.ts';
import { syncFoldersOf } from '../durable-files.ts';
import type { SecretStore } from './secret-vault.ts';
import { windowPlaceSchema } from './window-place.ts';

/** A value that somebody has broken by hand counts as not set: it must not keep the app from starting. */
const fileShape = {
  /** By name; encrypted, base64. */
  desktopSecrets: z.record(z.string(), z.string()).catch({}),
  /** The merchant's word that keys are kept even where no keyring protects them. */
  acceptsWeakKeyring: z.boolean().catch(false),
  onClose: z.enum(closeChoices).catch('ask'),
  /** Null until the window was closed once. */
  windowPlace: windowPlaceSchema.nullable().catch(null),
  notifications: z.boolean().catch(true),
  /** How many of what needs a person were told by a notification, by the need's id. */
  toldNeeds: z.record(z.string(), z.number()).catch({}),
  looksForUpdates: z.boolean().catch(false),
  installsOnQuit: z.boolean().catch(false),
  /** The version that was handed to the installer and has not been seen running since. */
  installing: z.string().nullable().catch(null),
} as const;
type File = { [Name in keyof typeof fileShape]: z.infer<(typeof fileShape)[Name]> };

/** `config.json`: what belongs to this computer. */
export type ComputerStore = Readonly<{
  get: <Name extends keyof File>(name: Name) => File[Name];
  /** Throws where the disk refuses. */
  set: <Name extends keyof File>(name: Name, value: File[Name]) => void;
  /** For what may be lost: a full disk keeps nobody from starting, closing or quitting. */
  remember: <Name extends keyof File>(name: Name, value: File[Name]) => void;
  /** What became of a damaged file, in words for the merchant; null when it was sound, or not there. */
  setAside: string | null;
}>;

/** Throws with a sentence when the file may not be read or written. */
export function openComputerStore(folder: string, onLost: (name: string, error: Error) => void): ComputerStore {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const setAside = setAsideDamagedConfig(folder, Date.now());
    const store = new Store<Record<string, unknown>>({
      cwd: folder,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    });
    return {
      setAside,
      // Each name is parsed by its own schema; TypeScript does not pair the two.
      get: <Name extends keyof File>(name: Name) => fileShape[name].parse(store.get(name)) as File[Name],
      set: (name, value) => {
        store.set(name, value);
        // Its new version has taken the place of the old one by a rename.
        syncFoldersOf(store.path);
      },
      remember: (name, value) => {
        try {
          store.set(name, value);
        } catch (error) {
          onLost(name, toError(error));
        }
      },
    };
  } catch (error) {
    const path = join(folder, 'config.json');
    throw new Error(`${path} cannot be read: ${toError(error).message}. Put it right or move it away.`, {
      cause: error,
    });
  }
}

/** The part of it that the vault keeps its secrets in. */
export function toSecretStore(store: ComputerStore): SecretStore {
  return {
    get: (name) => store.get('desktopSecrets')[name],
    set: (name, value) => store.set('desktopSecrets', { ...store.get('desktopSecrets'), [name]: value }),
    delete: (name) => {
      const { [name]: _removed, ...rest } = store.get('desktopSecrets');
      store.set('desktopSecrets', rest);
    },
    hasAcceptedWeakKeyring: () => store.get('acceptsWeakKeyring'),
    setAcceptedWeakKeyring: (isAccepted) => store.set('acceptsWeakKeyring', isAccepted),
  };
}
