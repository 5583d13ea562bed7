import { IconBan, IconCheck, IconHourglass, IconSend, IconUserExclamation } from '@tabler/icons-react';
import type { DecisionOutcome } from '../../shared/domain/decisions.ts';
import type { Look } from './look-badge.tsx';

/** How each kind of decision looks, wherever one is shown. */
export const outcomeLooks: Readonly<Record<DecisionOutcome, Look>> = {
  sent: { icon: IconSend, label: 'Handed to Postscript', color: 'green' },
  waiting: { icon: IconHourglass, label: 'Under way', color: 'blue' },
  not_sent: { icon: IconBan, label: 'Not sent', color: 'gray' },
  done: { icon: IconCheck, label: 'Done', color: 'green' },
  needs_person: { icon: IconUserExclamation, label: 'Needs a person', color: 'orange' },
};
