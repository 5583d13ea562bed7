import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { formatCount } from '../../../shared/domain/counts.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import { Section } from '../../components/section.tsx';

type RegisterResultsProps = Readonly<{ results: Output<'triggers.register'>; onClose: () => void }>;

export function RegisterResults({ results, onClose }: RegisterResultsProps): React.JSX.Element {
  const refused = results.filter(({ ok }) => !ok).length;
  return (
    <Section
      title="Registering the triggers"
      description={
        refused === 0
          ? 'Postscript accepted one event of every type, addressed to nobody. It lists them from now on when you make an automation.'
          : `${formatCount(refused, 'trigger was', 'triggers were')} not accepted. What Postscript said is below; register again when it is put right.`
      }
      actions={
        <Button size="xs" variant="default" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div aria-live="polite">
        {results.map(({ trigger, ok, message }) => (
          <Group key={trigger} gap="xs" wrap="nowrap" align="flex-start" py={3}>
            {ok ? (
              <IconCircleCheck
                size={18}
                color="light-dark(var(--mantine-color-green-9), var(--mantine-color-green-4))"
                aria-hidden
              />
            ) : (
              <IconCircleX
                size={18}
                color="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))"
                aria-hidden
              />
            )}
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <Text span size="sm" fw={600}>
                {triggers[trigger].title}: {ok ? 'accepted.' : 'not accepted.'}
              </Text>{' '}
              {message}
            </Text>
          </Group>
        ))}
      </div>
    </Section>
  );
}
