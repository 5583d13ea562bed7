import type { TriggerName } from '../../../shared/domain/triggers.ts';
import type { SubscriptionView } from '../../../shared/ipc/schemas.ts';
import { Dialog } from '../../components/dialog.tsx';
import { TestForm } from './test-form.tsx';

type TestDialogProps = Readonly<{
  isOpen: boolean;
  trigger: TriggerName;
  /** Missing where the trigger is given by the page. */
  onChoose?: (trigger: TriggerName) => void;
  initialSubscription?: SubscriptionView | null;
  onClose: () => void;
}>;

export function TestDialog({ isOpen, onClose, ...form }: TestDialogProps): React.JSX.Element {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Test a trigger" size="56rem">
      <TestForm {...form} onClose={onClose} />
    </Dialog>
  );
}
