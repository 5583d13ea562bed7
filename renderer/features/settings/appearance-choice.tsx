import { Group, Radio, useMantineColorScheme } from '@mantine/core';

/** The switch below the navigation, in words. */
export function AppearanceChoice(): React.JSX.Element {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Radio.Group
      label="Appearance of the console"
      value={colorScheme}
      onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
    >
      <Group gap="lg" mt={6}>
        <Radio value="light" label="Light" />
        <Radio value="dark" label="Dark" />
        <Radio value="auto" label="As this computer is set" />
      </Group>
    </Radio.Group>
  );
}
