import { expect, it } from 'vitest';
import { whyItWaits, type Line } from '../../../main/core/why-it-waits.ts';
import { defaultSettings } from '../../../shared/domain/settings.ts';
import { hour, noon } from '../../helpers/core-shop.ts';

const line: Line = {
  now: noon,
  isConnected: true,
  isHeld: false,
  isPaused: false,
  sendingOn: true,
  timeZone: defaultSettings.timeZone,
  window: defaultSettings.window,
};
const night: Line = { ...line, now: noon + 12 * hour };
const planned = { state: 'planned', isTest: false, isUrgent: false, dueAt: noon + 24 * hour } as const;

it.each([
  ['turn', { ...planned, dueAt: noon }, line],
  ['time', planned, line],
  ['window', planned, night],
  ['time', { ...planned, isUrgent: true }, night],
  ['retry', { ...planned, state: 'retrying' }, line],
  ['turn', { ...planned, state: 'retrying', dueAt: noon - 1 }, line],
  ['sending_off', planned, { ...line, sendingOn: false }],
  ['time', { ...planned, isTest: true }, { ...line, sendingOn: false }],
  ['hold', planned, { ...line, isHeld: true, sendingOn: false }],
  ['pause', { ...planned, dueAt: line.now }, { ...line, isPaused: true }],
  ['not_connected', planned, { ...line, isConnected: false, isHeld: true }],
  [null, { ...planned, state: 'sending' }, { ...line, isHeld: true }],
  [null, { ...planned, state: 'accepted', dueAt: null }, line],
] as const)('an open delivery waits for %s', (reason, delivery, stands) => {
  expect(whyItWaits(delivery, stands)).toBe(reason);
});
