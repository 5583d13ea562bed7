import { IconUserExclamation } from '@tabler/icons-react';
import { useRef } from 'react';
import { Link } from 'wouter';
import { decisionReasons } from '../../../shared/domain/decisions.ts';
import type { ConversationView } from '../../../shared/ipc/replies-contract.ts';
import { Clip } from '../../components/clip.tsx';
import { LookBadge } from '../../components/look-badge.tsx';
import { useCommands } from '../../lib/commands.ts';
import { useShopTime } from '../../lib/status.ts';
import classes from './conversation-list.module.css';

const needsPersonLook = { icon: IconUserExclamation, label: 'Needs a person', color: 'orange' } as const;

type ConversationListProps = Readonly<{
  conversations: readonly ConversationView[];
  openId: string | null;
  linkTo: (id: string) => string;
}>;

/** One line of its own for each number, newest first. J and K, or the arrows, go from one to the next; Enter opens. */
export function ConversationList({ conversations, openId, linkTo }: ConversationListProps): React.JSX.Element {
  const list = useRef<HTMLUListElement>(null);

  function move(step: 1 | -1): void {
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const focused = links.findIndex((link) => link === document.activeElement);
    const from = focused === -1 ? conversations.findIndex(({ id }) => id === openId) : focused;
    links[Math.min(Math.max(from + step, 0), links.length - 1)]?.focus();
  }

  useCommands([
    { id: 'replies.next', label: 'Next conversation', group: 'Replies', keys: 'j', run: () => move(1) },
    { id: 'replies.previous', label: 'Previous conversation', group: 'Replies', keys: 'k', run: () => move(-1) },
  ]);

  return (
    <ul ref={list} className={classes['list']}>
      {conversations.map((conversation) => (
        <li key={conversation.id} className={classes['item']}>
          <ConversationLink
            conversation={conversation}
            isOpen={conversation.id === openId}
            to={linkTo(conversation.id)}
            onMove={move}
          />
        </li>
      ))}
    </ul>
  );
}

type ConversationLinkProps = Readonly<{
  conversation: ConversationView;
  isOpen: boolean;
  to: string;
  onMove: (step: 1 | -1) => void;
}>;

function ConversationLink({ conversation, isOpen, to, onMove }: ConversationLinkProps): React.JSX.Element {
  const shopTime = useShopTime();
  const { customerName, phone, lastAt, lastText, lastReason, needsPerson } = conversation;
  return (
    <Link
      href={to}
      className={classes['link']}
      {...(isOpen ? { 'aria-current': 'true' } : {})}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        onMove(event.key === 'ArrowDown' ? 1 : -1);
      }}
    >
      <span className={classes['head']}>
        <Clip className={classes['name']} text={customerName === '' ? phone : customerName} />
        <span className={classes['when']}>{shopTime(lastAt)}</span>
      </span>
      <Clip className={classes['text']} text={lastText === '' ? 'The text was erased.' : lastText} />
      <span className={classes['foot']}>
        <Clip
          className={classes['reason']}
          text={lastReason === null ? 'Being handled.' : decisionReasons[lastReason].sentence}
        />
        {needsPerson && <LookBadge look={needsPersonLook} />}
      </span>
    </Link>
  );
}
