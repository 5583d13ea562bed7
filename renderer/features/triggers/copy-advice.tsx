import { Button, Group, Text } from '@mantine/core';

type CopyAdviceProps = Readonly<{ text: string; shopName: string; onAddName: () => void }>;

/** What is no problem and still worth a thought. */
export function CopyAdvice({ text, shopName, onAddName }: CopyAdviceProps): React.JSX.Element {
  const start = text.trimStart().toLowerCase();
  const hasBrand =
    start.startsWith('{shop_name}') || (shopName !== '' && start.startsWith(shopName.trim().toLowerCase()));
  const speaksOfOptingOut = /\b(stop|unsubscribe|opt.?out)\b/i.test(text);
  return (
    <div>
      {!hasBrand && text.trim() !== '' && (
        <Group gap="sm" mb={4}>
          <Text size="sm" style={{ flex: '1 1 16rem' }}>
            <b>Advice:</b> the copy does not begin with your shop's name. Customers should see at once who writes.
          </Text>
          <Button size="compact-sm" variant="default" onClick={onAddName}>
            {'Begin with {shop_name}:'}
          </Button>
        </Group>
      )}
      <Text size="sm" c="dimmed">
        {speaksOfOptingOut
          ? 'The copy speaks of opting out. Postscript acts on STOP and its other opt-out words by itself.'
          : 'Opting out is Postscript’s job: it adds the opt-out line where one is needed and acts on STOP.'}
      </Text>
    </div>
  );
}
