import { Group, Text } from '@mantine/core';
import type { OrderAnswerView } from '../../../shared/ipc/customers-contract.ts';
import { GuideLink } from '../../components/guide-link.tsx';
import { outcomeLooks } from '../../components/outcome-looks.ts';
import { Section } from '../../components/section.tsx';
import { useShopTime } from '../../lib/status.ts';
import classes from './customer-answer.module.css';
import { DecisionLinks } from './decision-links.tsx';

/** "Why did she not get it?" in one look: one sentence for the order in question of each subscription. */
export function CustomerAnswer({ answers }: Readonly<{ answers: readonly OrderAnswerView[] }>): React.JSX.Element {
  return (
    <Section
      title="What happened"
      description={<GuideLink chapter="why-a-customer-got-nothing">Why a customer got nothing</GuideLink>}
    >
      {answers.length === 0 ? (
        <Text size="sm" c="dimmed">
          There is no order that anything could have been decided about.
        </Text>
      ) : (
        <ul className={classes['list']}>
          {answers.map((answer) => (
            <Answer key={answer.subscriptionId} answer={answer} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Answer({ answer }: Readonly<{ answer: OrderAnswerView }>): React.JSX.Element {
  const shopTime = useShopTime();
  const { outcome, sentence, nextStep, at, deliveryId, replyId } = answer;
  const { icon: OutcomeIcon, label, color } = outcomeLooks[outcome];
  return (
    <li className={classes['answer']}>
      <OutcomeIcon
        size={20}
        className={classes['icon']}
        style={{ color: `light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-4))` }}
        aria-hidden
      />
      <div className={classes['words']}>
        <Text>
          <Text span fw={600}>
            {label}.
          </Text>{' '}
          {sentence}
        </Text>
        {nextStep !== null && <Text size="sm">{nextStep}</Text>}
        <Group gap="md">
          {at !== null && (
            <Text size="xs" c="dimmed">
              Last decided {shopTime(at)}
            </Text>
          )}
          <DecisionLinks deliveryId={deliveryId} replyId={replyId} />
        </Group>
      </div>
    </li>
  );
}
