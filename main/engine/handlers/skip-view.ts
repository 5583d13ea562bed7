import { undoUntil } from '../../core/undo-skip.ts';
import type { Skip } from '../../../shared/domain/skips.ts';
import type { SkipView } from '../../../shared/ipc/replies-contract.ts';
import type { Shop } from '../shop.ts';

/** A skip as the screens show it. */
export function toSkipView({ store, clock }: Shop, skip: Skip): SkipView {
  const { id, subscriptionId, orderDate, newOrderDate, state, replyId, createdAt, finishedAt } = skip;
  return {
    id,
    subscriptionId,
    orderDate,
    newOrderDate,
    state,
    replyId,
    undoUntil: undoUntil(store, skip, clock.now()),
    at: finishedAt ?? createdAt,
  };
}
