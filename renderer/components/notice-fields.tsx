import { NumberInput, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';

type NoticeField = 'leadDays' | 'minimumNoticeHours' | 'window.opens' | 'window.closes';

type NoticeFieldsProps = Readonly<{
  /** What binds a field to the form that it is in. */
  propsOf: (field: NoticeField) => GetInputPropsReturnType;
  /** The first run leaves the minimum notice as it is. */
  hasMinimum?: boolean;
}>;

const whole = { clampBehavior: 'none', allowDecimal: false } as const;

/** When a customer hears about an order: the same fields in the settings, in the first run and where they are tried. */
export function NoticeFields({ propsOf, hasMinimum = true }: NoticeFieldsProps): React.JSX.Element {
  return (
    <>
      <NumberInput label="Days before the order" min={1} max={30} {...whole} {...propsOf('leadDays')} />
      {hasMinimum && (
        <NumberInput
          label="Minimum notice, in hours"
          description="With less time left before the charge, no notice goes out."
          min={0}
          max={240}
          {...whole}
          {...propsOf('minimumNoticeHours')}
        />
      )}
      <TextInput label="Send window opens" type="time" {...propsOf('window.opens')} />
      <TextInput
        label="Send window closes"
        description="Postscript also holds texts outside of its own waking hours."
        type="time"
        {...propsOf('window.closes')}
      />
    </>
  );
}
