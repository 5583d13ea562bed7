import type { SecretVault } from './engine/port.ts';

/** The same vault, which tells every secret that passes through it to whoever must keep it out of a log. */
export function guardVault(vault: SecretVault, addSecret: (secret: string) => void): SecretVault {
  return {
    ...vault,
    read: async (name) => {
      const value = await vault.read(name);
      if (value !== null) addSecret(value);
      return value;
    },
    write: (name, value) => {
      addSecret(value);
      return vault.write(name, value);
    },
  };
}
