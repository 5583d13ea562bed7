import {
  IconCalendarRepeat,
  IconCirclePlus,
  IconCreditCard,
  IconCreditCardOff,
  IconPlayerSkipForward,
  IconUserOff,
  type Icon,
} from '@tabler/icons-react';
import type { TriggerName } from '../../shared/domain/triggers.ts';

export const triggerIcons: Readonly<Record<TriggerName, Icon>> = {
  subscription_created: IconCirclePlus,
  upcoming_order: IconCalendarRepeat,
  skipped_order: IconPlayerSkipForward,
  payment_method_updated: IconCreditCard,
  payment_method_failed: IconCreditCardOff,
  customer_deactivated: IconUserOff,
};
