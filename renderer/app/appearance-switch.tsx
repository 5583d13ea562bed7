import { SegmentedControl, useMantineColorScheme, VisuallyHidden, type MantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun, type Icon } from '@tabler/icons-react';

const choices: readonly Readonly<{ value: MantineColorScheme; label: string; icon: Icon }>[] = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'auto', label: 'Like this computer', icon: IconDeviceDesktop },
  { value: 'dark', label: 'Dark', icon: IconMoon },
];

export function AppearanceSwitch(): React.JSX.Element {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label="Appearance"
      size="xs"
      fullWidth
      data={choices.map(({ value, label, icon: ChoiceIcon }) => ({
        value,
        label: (
          <span title={label} style={{ display: 'grid', placeItems: 'center' }}>
            <ChoiceIcon size={16} aria-hidden />
            <VisuallyHidden>{label}</VisuallyHidden>
          </span>
        ),
      }))}
      value={colorScheme}
      onChange={setColorScheme}
    />
  );
}
