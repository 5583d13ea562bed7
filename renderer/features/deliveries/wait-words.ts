import type { WaitReason } from '../../../shared/domain/deliveries.ts';

/** Why an open delivery has not left yet, as a merchant reads it. */
export const waitWords: Readonly<Record<WaitReason, string>> = {
  time: 'Its time has not come.',
  window: 'The send window is closed.',
  retry: 'Surely did not arrive; tried again by itself.',
  hold: 'The line is held until a person has looked.',
  pause: 'Postscript asked to wait a while; the line goes on by itself.',
  sending_off: 'Sending is switched off.',
  not_connected: 'Postscript is not connected.',
  turn: 'Next in line.',
};
