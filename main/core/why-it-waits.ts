import { isWindowOpen, type SendWindow } from '../../shared/domain/calendar.ts';
import type { DeliveryState, WaitReason } from '../../shared/domain/deliveries.ts';

/** How the line stands: what holds every delivery in it, or none. */
export type Line = Readonly<{
  now: number;
  isConnected: boolean;
  isHeld: boolean;
  /** After a 429. */
  isPaused: boolean;
  sendingOn: boolean;
  timeZone: string;
  window: SendWindow;
}>;

type Waiting = Readonly<{
  state: DeliveryState;
  isTest: boolean;
  isUrgent: boolean;
  dueAt: number | null;
}>;

/** What an open delivery waits for, the widest reason first; null when it has left or is finished. */
export function whyItWaits({ state, isTest, isUrgent, dueAt }: Waiting, line: Line): WaitReason | null {
  if (state !== 'planned' && state !== 'waiting' && state !== 'retrying') return null;
  if (!line.isConnected) return 'not_connected';
  if (line.isHeld) return 'hold';
  if (!line.sendingOn && !isTest) return 'sending_off';
  if (dueAt === null || dueAt <= line.now) return line.isPaused ? 'pause' : 'turn';
  if (state === 'retrying') return 'retry';
  const minds = !isTest && !isUrgent && !isWindowOpen(line.timeZone, line.window, line.now);
  return minds ? 'window' : 'time';
}
