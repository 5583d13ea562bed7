import { Switch } from '@mantine/core';
import { useSingleKeys } from '../lib/single-keys.ts';

/** Switches single keys off for people who dictate or whose hands slip (WCAG 2.1.4). Kept on this computer. */
export function SingleKeysSwitch(): React.JSX.Element {
  const [isOn, setIsOn] = useSingleKeys();
  return (
    <Switch
      label="Single-key shortcuts"
      description="Keys such as G or ? alone. Combinations with Ctrl or Cmd always work. Kept on this computer."
      checked={isOn}
      onChange={({ currentTarget }) => setIsOn(currentTarget.checked)}
    />
  );
}
