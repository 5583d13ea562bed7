import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClipboardText,
  IconGitCompare,
  IconHourglass,
  IconPlayerPause,
  IconToggleLeft,
} from '@tabler/icons-react';
import type { NextStep, SetUpState } from '../../../shared/domain/set-up.ts';
import type { Look } from '../../components/look-badge.tsx';

// Records, not switches with a default: a new state without a look does not compile.
export const setUpLooks: Readonly<Record<SetUpState, Look>> = {
  not_started: { icon: IconCircleDashed, label: 'Not started', color: 'gray' },
  copy_not_confirmed: { icon: IconClipboardText, label: 'Copy not confirmed', color: 'yellow' },
  copy_differs: { icon: IconGitCompare, label: 'Copy differs', color: 'yellow' },
  toggle_not_confirmed: { icon: IconToggleLeft, label: 'Active toggle not confirmed', color: 'yellow' },
  waiting_for_first_event: { icon: IconHourglass, label: 'Waiting for first event', color: 'blue' },
  active: { icon: IconCircleCheck, label: 'Active', color: 'green' },
  paused: { icon: IconPlayerPause, label: 'Paused', color: 'gray' },
  failing: { icon: IconCircleX, label: 'Failing', color: 'red' },
};

export const draftLook: Look = { icon: IconAlertTriangle, label: 'Draft', color: 'orange' };

/** Why it is in this state, as a sentence on its card. */
export const setUpSentences: Readonly<Record<SetUpState, string>> = {
  not_started: 'Postscript has not seen this event yet, so no automation can be made for it.',
  copy_not_confirmed: 'Postscript knows the event. Nobody has confirmed that an automation holds the copy.',
  copy_differs: 'The template was changed after it was pasted into Postscript.',
  toggle_not_confirmed: 'The copy is pasted. Nobody has confirmed that the automation is switched on.',
  waiting_for_first_event: 'Everything is set up. The first real event has not come up yet.',
  active: 'Set up, and Postscript accepts its events.',
  paused: 'Nothing is handed over. What comes up meanwhile is recorded as not sent.',
  failing: 'Postscript refused the newest event.',
};

/** What the button of the next step says. */
export const nextStepLabels: Readonly<Record<NextStep, string>> = {
  connect: 'Connect Postscript',
  register: 'Register it',
  make_automation: 'Make the automation',
  mend_copy: 'Mend the copy',
  paste_copy: 'Paste the copy',
  confirm_paste: 'Confirm the paste',
  switch_automation_on: 'Confirm the toggle',
  send_test: 'Send a test',
  switch_on: 'Switch on',
  see_refusal: 'See what was refused',
};
