import {
  IconBan,
  IconCalendarTime,
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  IconHourglass,
  IconRepeat,
  IconSend,
} from '@tabler/icons-react';
import type { DeliveryState } from '../../shared/domain/deliveries.ts';
import { LookBadge, type Look } from './look-badge.tsx';

// A Record, not a switch with a default: a new state without a look does not compile.
export const deliveryStateLooks: Readonly<Record<DeliveryState, Look>> = {
  planned: { icon: IconCalendarTime, label: 'Planned', color: 'gray' },
  waiting: { icon: IconHourglass, label: 'Waiting', color: 'blue' },
  sending: { icon: IconSend, label: 'Sending', color: 'blue' },
  accepted: { icon: IconCircleCheck, label: 'Accepted', color: 'green' },
  retrying: { icon: IconRepeat, label: 'Retrying', color: 'yellow' },
  failed: { icon: IconCircleX, label: 'Refused', color: 'red' },
  unknown: { icon: IconHelpCircle, label: 'Check with Postscript', color: 'orange' },
  suppressed: { icon: IconBan, label: 'Not sent', color: 'gray' },
};

export function DeliveryStateBadge({ state }: Readonly<{ state: DeliveryState }>): React.JSX.Element {
  return <LookBadge look={deliveryStateLooks[state]} />;
}
