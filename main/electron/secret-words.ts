import type { SecretStoreState } from '../../shared/ipc/computer-contract.ts';
import { secretNames, type SecretName } from '../engine/port.ts';

/** Why a saved secret could not be read: its keyring gives no key now, or never will. */
export type ReadProblem = 'locked' | 'unreadable';

/** The cause and the next step, for the merchant who wants to save a key. */
export const noKeyring =
  'This computer has no keyring that answers, so the key was not saved. ' +
  'Set up and unlock GNOME Keyring or KWallet and start Heads Up again, or accept below how it would be kept.';

export const noKeyringNow =
  "This computer's keyring gives no key now, so the key was not saved. " +
  'Unlock it and allow Heads Up to use it, then try again. If that does not help, quit Heads Up and start it again.';

export const describeState: Readonly<Record<SecretStoreState['state'], string>> = {
  protected: "Encrypted with this computer's keyring.",
  unprotected:
    'This computer has no keyring that answers, so no key is saved. Set up and unlock GNOME Keyring or KWallet and ' +
    'start Heads Up again; or accept how keys would be kept without one.',
  accepted:
    'You have accepted that keys are kept without a keyring: whoever can read the files of this account can read them.',
  unavailable:
    "This computer's keyring gives no key now, so no key can be saved. Unlock it and allow Heads Up to use it. If that " +
    'does not help, quit Heads Up and start it again.',
};

const labels: Readonly<Record<SecretName, string>> = {
  postscript_key: 'the Postscript key',
  smartrr_token: 'the Smartrr token',
  inbox_token: "the inbox's read token",
  inbox_webhook_secret: "the inbox's webhook secret",
};

/** What is saved and cannot be opened, why, and what to do; null when there is nothing of the kind. */
export function describeProblems(problems: ReadonlyMap<SecretName, ReadProblem>): string | null {
  const nameAll = (problem: ReadProblem): string =>
    secretNames
      .filter((name) => problems.get(name) === problem)
      .map((name) => labels[name])
      .join(', ');
  const locked = nameAll('locked');
  const unreadable = nameAll('unreadable');
  const sentences = [
    ...(locked === ''
      ? []
      : [
          `Saved, but locked in this computer's keyring: ${locked}. Unlock the keyring; Heads Up looks again by itself. ` +
            'If that does not help, quit Heads Up and start it again.',
        ]),
    ...(unreadable === ''
      ? []
      : [`Saved, but not to be opened on this computer: ${unreadable}. Enter it again under Settings, Connections.`]),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
}
