import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { Channel } from '../../shared/ipc/channels.ts';
import type { Input, Output } from '../../shared/ipc/contract.ts';
import { call } from './call.ts';

/** A button's call. Whatever is on screen is asked for again before it counts as done, so that nothing flickers back. */
export function useAction<C extends Channel>(channel: C): UseMutationResult<Output<C>, Error, Input<C>> {
  const client = useQueryClient();
  return useMutation<Output<C>, Error, Input<C>>({
    mutationFn: (input) => call(channel, input),
    onSettled: () => client.invalidateQueries(),
  });
}
