import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconArrowLeft, IconSend } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { PracticePhone } from '../../../shared/ipc/schemas.ts';
import { Bubble } from '../../components/bubble.tsx';
import { Clip } from '../../components/clip.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formatPhone } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import classes from './conversation.module.css';

type ConversationProps = Readonly<{ phone: PracticePhone; onBack: () => void }>;

export function Conversation({ phone, onBack }: ConversationProps): React.JSX.Element {
  const { customerId, name, messages } = phone;
  const shopTime = useShopTime();
  const [body, setBody] = useState('');
  const reply = useAction('practice.reply');
  const end = useRef<HTMLDivElement>(null);
  const count = messages.length;

  // A phone shows its newest text.
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which React would take for a clean-up.
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);

  function send(text: string): void {
    reply.mutate({ customerId, body: text }, { onSuccess: () => setBody('') });
  }

  return (
    <div className={classes['conversation']}>
      <div className={classes['top']}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconArrowLeft size={14} aria-hidden />}
          onClick={onBack}
        >
          Phones
        </Button>
        <Title order={3}>
          <Clip text={name === '' ? formatPhone(phone.phone) : name} />
        </Title>
        <Text size="xs" c="dimmed">
          {formatPhone(phone.phone)}
        </Text>
      </div>
      <Stack gap="sm" className={classes['messages']}>
        {count === 0 && (
          <Text size="sm" c="dimmed">
            No texts yet. Move the clock to the next event.
          </Text>
        )}
        {messages.map(({ id, at, direction, body: text }) => (
          <Bubble key={id} side={direction} note={shopTime(at)}>
            {text}
          </Bubble>
        ))}
        <div ref={end} className={classes['end']} />
      </Stack>
      <div className={classes['bottom']}>
        {reply.error !== null && <ErrorNotice error={reply.error} title="The text was not sent" />}
        <form
          className={classes['reply']}
          onSubmit={(event) => {
            event.preventDefault();
            if (body.trim() !== '') send(body);
          }}
        >
          <TextInput
            aria-label="Text as this customer"
            placeholder="Text as this customer"
            maxLength={2_000}
            autoComplete="off"
            style={{ flex: 1 }}
            value={body}
            onChange={({ currentTarget }) => setBody(currentTarget.value)}
          />
          <Button type="submit" px="sm" aria-label="Text it" loading={reply.isPending} disabled={body.trim() === ''}>
            <IconSend size={16} aria-hidden />
          </Button>
        </form>
        <Button
          size="xs"
          variant="default"
          disabled={reply.isPending}
          style={{ justifySelf: 'start' }}
          onClick={() => send('SKIP')}
        >
          Answer SKIP
        </Button>
      </div>
    </div>
  );
}
