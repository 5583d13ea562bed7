import { NativeSelect } from '@mantine/core';
import { practiceTroubles, type PracticeTrouble } from '../../../shared/ipc/practice-contract.ts';

const labels: Readonly<Record<PracticeTrouble, string>> = {
  none: 'No trouble',
  postscript_silent: 'Postscript gives no answer',
  postscript_refuses: 'Postscript refuses',
  postscript_waits: 'Postscript asks to wait',
  smartrr_down: 'Smartrr is down',
};

type TroubleSelectProps = Readonly<{
  trouble: PracticeTrouble;
  isPending: boolean;
  onChange: (trouble: PracticeTrouble) => void;
}>;

/** Breaks one thing on purpose, so that a person sees what the console makes of it before it happens for real. */
export function TroubleSelect({ trouble, isPending, onChange }: TroubleSelectProps): React.JSX.Element {
  return (
    <NativeSelect
      aria-label="Trouble"
      size="xs"
      disabled={isPending}
      value={trouble}
      onChange={({ currentTarget }) => {
        const chosen = practiceTroubles.find((one) => one === currentTarget.value);
        if (chosen !== undefined) onChange(chosen);
      }}
      data={practiceTroubles.map((value) => ({ value, label: labels[value] }))}
    />
  );
}
