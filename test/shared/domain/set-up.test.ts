import { describe, expect, it } from 'vitest';
import { deriveSetUp, type SetUpConfirmations, type SetUpFacts } from '../../../shared/domain/set-up.ts';

const nothing: SetUpConfirmations = {
  automationMadeAt: null,
  copiedAt: null,
  copiedCopy: null,
  pastedAt: null,
  pastedCopy: null,
  activatedAt: null,
};

/** Everything is done, and the newest delivery was accepted. */
const active: SetUpFacts = {
  isConnected: true,
  isEnabled: true,
  isKnownToPostscript: true,
  confirmations: { ...nothing, automationMadeAt: 1, pastedAt: 1, pastedCopy: 'Hi', activatedAt: 1 },
  copy: 'Hi',
  isCopyReady: true,
  lastAcceptedAt: 5,
  lastRefusedAt: 4,
};

const confirmed = (change: Partial<SetUpConfirmations>) => ({
  confirmations: { ...active.confirmations, ...change },
});

describe('deriveSetUp', () => {
  it.each<[string, Partial<SetUpFacts>, string, string | null]>([
    ['is active once a real delivery was accepted', {}, 'active', null],
    [
      'waits when all is confirmed and nothing was accepted',
      { lastAcceptedAt: null, lastRefusedAt: null },
      'waiting_for_first_event',
      'send_test',
    ],
    ['has not started while Postscript knows no such event', { isKnownToPostscript: false }, 'not_started', 'register'],
    ['asks for the key first', { isKnownToPostscript: false, isConnected: false }, 'not_started', 'connect'],
    [
      'asks for the automation before the copy',
      confirmed({ automationMadeAt: null, pastedCopy: null }),
      'copy_not_confirmed',
      'make_automation',
    ],
    ['asks to paste the copy', confirmed({ pastedCopy: null }), 'copy_not_confirmed', 'paste_copy'],
    [
      'asks whether the copied copy was pasted',
      confirmed({ pastedCopy: null, copiedCopy: 'Hi' }),
      'copy_not_confirmed',
      'confirm_paste',
    ],
    ['says that the copy differs after a later edit', { copy: 'Hello' }, 'copy_differs', 'paste_copy'],
    [
      'does not take an older copied text for the new one',
      { copy: 'Hello', ...confirmed({ copiedCopy: 'Hey' }) },
      'copy_differs',
      'paste_copy',
    ],
    ['wants a draft mended before it is pasted', { copy: 'Hi {x}', isCopyReady: false }, 'copy_differs', 'mend_copy'],
    [
      'asks for the Active toggle last',
      confirmed({ activatedAt: null }),
      'toggle_not_confirmed',
      'switch_automation_on',
    ],
    ['fails when the newest real delivery was refused', { lastRefusedAt: 6 }, 'failing', 'see_refusal'],
    ['fails when the only one was refused', { lastAcceptedAt: null, lastRefusedAt: 0 }, 'failing', 'see_refusal'],
    [
      'is paused whatever else is true',
      { isEnabled: false, lastRefusedAt: 6, isKnownToPostscript: false },
      'paused',
      'switch_on',
    ],
  ])('%s', (_, change, state, nextStep) => {
    expect(deriveSetUp({ ...active, ...change })).toEqual({ state, nextStep });
  });
});
