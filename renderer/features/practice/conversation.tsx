import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconArrowLeft, IconArrowUp, IconBattery3, IconBuildingStore, IconWifi } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { PracticePhone } from '../../../shared/ipc/schemas.ts';
import { Bubble } from '../../components/bubble.tsx';
import { Clip } from '../../components/clip.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { dateIn, formatDate, formatInstant, formatPhone } from '../../lib/format.ts';
import { useShopTime, useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import classes from './conversation.module.css';
import { markRead } from './read-phones.ts';

export type PhoneScheme = 'light' | 'dark';

type ConversationProps = Readonly<{ phone: PracticePhone; scheme: PhoneScheme; onBack: () => void }>;

/** One customer's phone: what the shop's texts look like there, and a field to answer as that customer. */
export function Conversation({ phone, scheme, onBack }: ConversationProps): React.JSX.Element {
  const { customerId, name } = phone;
  const { now, shopName, timeZone } = useStatus();
  const [body, setBody] = useState('');
  const reply = useAction('practice.reply');

  useEffect(() => markRead(phone), [phone]);

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
      <div className={classes['device']} data-scheme={scheme}>
        <div className={classes['status']} aria-hidden>
          <span>{formatInstant(now, timeZone, 'clock').replace(/ \S+$/, '')}</span>
          <span className={classes['signs']}>
            <IconWifi size={14} />
            <IconBattery3 size={16} />
          </span>
        </div>
        <div className={classes['contact']}>
          <span className={classes['avatar']} aria-hidden>
            <IconBuildingStore size={16} />
          </span>
          <Clip className={classes['contactName']} text={shopName} />
        </div>
        <Messages phone={phone} />
        <div className={classes['bottom']}>
          <Button
            size="compact-sm"
            radius="xl"
            variant="outline"
            className={classes['suggestion'] ?? ''}
            disabled={reply.isPending}
            onClick={() => send('SKIP')}
          >
            Answer SKIP
          </Button>
          <form
            className={classes['reply']}
            onSubmit={(event) => {
              event.preventDefault();
              if (body.trim() !== '') send(body);
            }}
          >
            <TextInput
              aria-label="Text as this customer"
              placeholder="Text message"
              maxLength={2_000}
              autoComplete="off"
              radius="xl"
              classNames={{ root: classes['field'] ?? '', input: classes['input'] ?? '' }}
              value={body}
              onChange={({ currentTarget }) => setBody(currentTarget.value)}
            />
            <Button
              type="submit"
              radius="xl"
              px={9}
              aria-label="Text it"
              loading={reply.isPending}
              disabled={body.trim() === ''}
            >
              <IconArrowUp size={18} aria-hidden />
            </Button>
          </form>
        </div>
      </div>
      {reply.error !== null && <ErrorNotice error={reply.error} title="The text was not sent" />}
    </div>
  );
}

/** Oldest first, with the day above its first text; the newest is in sight. */
function Messages({ phone: { messages } }: Readonly<{ phone: PracticePhone }>): React.JSX.Element {
  const { timeZone } = useStatus();
  const shopTime = useShopTime();
  const list = useRef<HTMLDivElement>(null);
  const count = messages.length;

  useEffect(() => {
    // In braces: newer browsers answer with a promise, which React would take for a clean-up.
    list.current?.scrollTo(0, list.current.scrollHeight);
  }, [count]);

  return (
    // Nothing in it takes the focus, so the box itself must, or it could not be scrolled without a mouse.
    <Stack ref={list} gap={10} className={classes['messages'] ?? ''} role="log" aria-label="Texts" tabIndex={0}>
      {count === 0 && (
        <Text size="sm" ta="center" className={classes['nothing'] ?? ''}>
          No texts yet. Move the clock to the next event.
        </Text>
      )}
      {messages.map(({ id, at, direction, body }, index) => {
        const date = dateIn(timeZone, at);
        const before = messages[index - 1];
        const isNewDay = before === undefined || dateIn(timeZone, before.at) !== date;
        return (
          <div key={id} className={classes['message']}>
            {isNewDay && <div className={classes['day']}>{formatDate(date)}</div>}
            <Bubble side={direction} note={shopTime(at, 'clock')}>
              {body}
            </Bubble>
          </div>
        );
      })}
    </Stack>
  );
}
