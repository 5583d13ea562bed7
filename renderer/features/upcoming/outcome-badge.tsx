import { IconBan, IconCalendarTime, IconCircleCheck, IconPlayerPause } from '@tabler/icons-react';
import type { ForecastOutcome } from '../../../shared/domain/forecast.ts';
import { LookBadge, type Look } from '../../components/look-badge.tsx';

export const outcomeLooks: Readonly<Record<ForecastOutcome, Look>> = {
  goes: { icon: IconCalendarTime, label: 'Will go', color: 'blue' },
  will_not: { icon: IconBan, label: 'Will not go', color: 'gray' },
  noticed: { icon: IconCircleCheck, label: 'Has its notice', color: 'green' },
};

const restingLook: Look = { icon: IconPlayerPause, label: 'Would go', color: 'yellow' };

type OutcomeBadgeProps = Readonly<{
  outcome: ForecastOutcome;
  /** A switch keeps every notice back. */
  isResting: boolean;
}>;

export function OutcomeBadge({ outcome, isResting }: OutcomeBadgeProps): React.JSX.Element {
  return <LookBadge look={outcome === 'goes' && isResting ? restingLook : outcomeLooks[outcome]} />;
}
