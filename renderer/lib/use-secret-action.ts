import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Channel } from '../../shared/ipc/channels.ts';
import type { Input } from '../../shared/ipc/contract.ts';
import { toError } from '../../shared/result.ts';
import { call } from './call.ts';

export type SecretAction<C extends Channel> = Readonly<{
  isPending: boolean;
  error: Error | null;
  /** The input is held for as long as the call takes, and by nothing here afterwards. */
  run: (input: Input<C>, onSuccess: () => void) => void;
  reset: () => void;
}>;

/**
 * A call that carries a secret.
 *
 * Not a mutation of TanStack Query: its cache keeps the functions of a settled call for minutes, and through them what
 * was typed.
 */
export function useSecretAction<C extends Channel>(channel: C): SecretAction<C> {
  const client = useQueryClient();
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  return {
    isPending,
    error,
    run: (input, onSuccess) => {
      setIsPending(true);
      setError(null);
      call(channel, input)
        .then(async () => {
          await client.invalidateQueries();
          onSuccess();
        })
        .catch((thrown: unknown) => setError(toError(thrown)))
        .finally(() => setIsPending(false));
    },
    reset: () => setError(null),
  };
}
