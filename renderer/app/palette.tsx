import { Combobox, Modal, Text, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCommand, IconSearch, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { formatCount } from '../../shared/domain/counts.ts';
import { Clip } from '../components/clip.tsx';
import { KeyCaps } from '../components/key-caps.tsx';
import { call } from '../lib/call.ts';
import { keysOf, listCommands, subscribeToCommands, type Command } from '../lib/commands.ts';
import { readRecent, rememberRecent } from '../lib/recent-commands.ts';
import { arrangeCommands } from './arrange-commands.ts';
import classes from './palette.module.css';

const MOST_CUSTOMERS = 6;

type PaletteProps = Readonly<{
  isOpen: boolean;
  /** Closed without having done anything. */
  onClose: () => void;
  onRun: (command: Command) => void;
}>;

/** Every screen and action by its name. A combobox with its list, so that a screen reader says which one is chosen. */
export function Palette({ isOpen, onClose, onRun }: PaletteProps): React.JSX.Element {
  return (
    <Modal.Root opened={isOpen} onClose={onClose} size="36rem" yOffset="12vh" returnFocus={false}>
      <Modal.Overlay />
      <Modal.Content aria-label="Commands">
        <Modal.Body p={0}>
          <Commands
            onRun={(command) => {
              rememberRecent(command.id);
              onRun(command);
            }}
            onClose={onClose}
          />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

type CommandsProps = Readonly<{ onRun: (command: Command) => void; onClose: () => void }>;

function Commands({ onRun, onClose }: CommandsProps): React.JSX.Element {
  const [query, setQuery] = useState('');
  const commands = useSyncExternalStore(subscribeToCommands, listCommands);
  const customers = useCustomerCommands(query);
  const groups = arrangeCommands([...commands, ...customers], query, readRecent());
  const found = groups.flatMap(({ commands: inGroup }) => inGroup);
  // The list is always there; Escape means the whole palette.
  const list = useCombobox({ opened: true, onOpenedChange: (isOpen) => !isOpen && onClose() });
  const { selectFirstOption } = list;
  // Once it is there the field is drawn again: only then does it name its list to a screen reader.
  const [, setListElement] = useState<HTMLElement | null>(null);
  const shown = found.map(({ id }) => id).join(' ');

  useEffect(() => {
    selectFirstOption();
  }, [selectFirstOption, shown]);

  return (
    <Combobox
      store={list}
      onOptionSubmit={(id) => {
        const command = found.find((one) => one.id === id);
        if (command !== undefined) onRun(command);
      }}
    >
      <div className={classes['search']}>
        <IconSearch size={18} aria-hidden />
        <Combobox.EventsTarget withExpandedAttribute>
          <input
            className={classes['input']}
            aria-label="Find a command, a screen or a customer"
            placeholder="Find a command, a screen or a customer"
            spellCheck={false}
            maxLength={100}
            data-autofocus
            value={query}
            onChange={({ currentTarget }) => setQuery(currentTarget.value)}
          />
        </Combobox.EventsTarget>
      </div>
      <Combobox.Options ref={setListElement} className={classes['list'] ?? ''} aria-label="Commands">
        {groups.map(({ name, commands: inGroup }) => (
          <Combobox.Group key={name} label={name}>
            {inGroup.map((command) => (
              <Combobox.Option key={command.id} value={command.id} className={classes['option'] ?? ''}>
                <CommandLine command={command} />
              </Combobox.Option>
            ))}
          </Combobox.Group>
        ))}
      </Combobox.Options>
      <Text size="sm" c="dimmed" aria-live="polite" className={found.length > 0 ? classes['hidden'] : classes['empty']}>
        {describeFound(found.length, query)}
      </Text>
    </Combobox>
  );
}

function describeFound(count: number, query: string): string {
  if (count === 0) return 'Nothing here is called that.';
  return query === '' ? '' : `${formatCount(count, 'command')} found`;
}

function CommandLine({ command }: Readonly<{ command: Command }>): React.JSX.Element {
  const { label, icon: CommandIcon = IconCommand } = command;
  return (
    <>
      <CommandIcon size={16} aria-hidden style={{ flex: 'none' }} />
      <Clip className={classes['label']} text={label} />
      {keysOf(command).map((keys) => (
        <KeyCaps key={keys} keys={keys} />
      ))}
    </>
  );
}

function useCustomerCommands(query: string): readonly Command[] {
  const [, navigate] = useLocation();
  const [text] = useDebouncedValue(query.trim(), 150);
  const { data } = useQuery({
    queryKey: ['palette', 'customers', text] as const,
    queryFn: () => call('customers.search', { text }),
    enabled: text.length >= 2,
  });
  if (text.length < 2 || data === undefined) return [];
  return data.slice(0, MOST_CUSTOMERS).map(({ id, name, email }) => ({
    id: `customer ${id}`,
    label: name === '' ? (email ?? 'A customer without a name') : name,
    group: 'Customers',
    // The engine has searched already, by more than what is shown.
    keywords: query,
    icon: IconUser,
    run: () => navigate(`/customers/${encodeURIComponent(id)}`),
  }));
}
