import { instantsOf } from '../../core/delivery-period.ts';
import { readHold } from '../../core/hold.ts';
import { isLinePaused } from '../../core/line-pause.ts';
import { whyItWaits, type Line } from '../../core/why-it-waits.ts';
import type { LoggedDelivery } from '../../db/delivery-log.ts';
import { newestPosition, toLogQuery, type LogPosition, type LogQuery } from '../../db/delivery-pages.ts';
import type { DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import { maskPhone } from '../../../shared/domain/phone.ts';
import type { DeliveryRow } from '../../../shared/ipc/schemas.ts';
import type { Shop } from '../shop.ts';

/** The filter as the database takes it, in the shop's zone. */
export function queryOf({ db, store }: Shop, filter: DeliveryFilter): LogQuery {
  const { timeZone, country } = store.settings();
  return toLogQuery(db, filter, instantsOf(filter, timeZone), country);
}

export function lineOf({ store, clock, clients }: Shop): Line {
  const { timeZone, window, sendingOn } = store.settings();
  const now = clock.now();
  return {
    now,
    timeZone,
    window,
    sendingOn,
    isConnected: clients().channel !== null,
    isHeld: readHold(store, now) !== undefined,
    isPaused: isLinePaused(store, now),
  };
}

/** A row as a screen may have it: the phone masked, unless somebody asked to see it. */
export function toDeliveryView(row: LoggedDelivery, line: Line, withPhone = false): DeliveryRow {
  const { isUrgent, ...shown } = row;
  const phone = row.phone === null || withPhone ? row.phone : maskPhone(row.phone);
  return { ...shown, phone, waitsFor: whyItWaits({ ...shown, isUrgent }, line) };
}

/** A place in the log as opaque text; the newest when there is none or it cannot be read. */
export function readPosition(cursor: string | null): LogPosition {
  const [createdAt = Number.NaN, id = Number.NaN] = (cursor ?? '').split('.').map(Number);
  return Number.isSafeInteger(createdAt) && Number.isSafeInteger(id) && id > 0 ? { createdAt, id } : newestPosition;
}

/** Null when this page was not full: there is nothing behind it. */
export function toPositionCursor(rows: readonly LoggedDelivery[], pageSize: number): string | null {
  const last = rows.at(-1);
  return last === undefined || rows.length < pageSize ? null : `${last.createdAt}.${last.id}`;
}
