import { Stack, Title } from '@mantine/core';
import { useId, useSyncExternalStore } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { KeyCaps } from '../components/key-caps.tsx';
import { SingleKeysSwitch } from '../components/single-keys-switch.tsx';
import { keysOf, listCommands, subscribeToCommands } from '../lib/commands.ts';
import classes from './keys-sheet.module.css';

type Row = Readonly<{ label: string; keys: readonly string[] }>;

/** What every browser and every list does; no command of ours. */
const everywhere: readonly Row[] = [
  { label: 'To the next control', keys: ['Tab'] },
  { label: 'Press or open it', keys: ['Enter'] },
  { label: 'Close what is open', keys: ['Esc'] },
];

type KeysSheetProps = Readonly<{ isOpen: boolean; onClose: () => void }>;

/** All keys that do something now: those of every screen, and those of the screen that is open. */
export function KeysSheet({ isOpen, onClose }: KeysSheetProps): React.JSX.Element {
  const commands = useSyncExternalStore(subscribeToCommands, listCommands);
  const withKeys = commands.filter((command) => keysOf(command).length > 0);
  const groups = Map.groupBy(withKeys, ({ group }) => group);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keys" size="46rem">
      <Stack gap="lg">
        <SingleKeysSwitch />
        <div className={classes['groups']}>
          {[...groups].map(([name, inGroup]) => (
            <KeyGroup
              key={name}
              name={name}
              rows={inGroup.map((command) => ({ label: command.label, keys: keysOf(command) }))}
            />
          ))}
          <KeyGroup name="Everywhere" rows={everywhere} />
        </div>
      </Stack>
    </Dialog>
  );
}

function KeyGroup({ name, rows }: Readonly<{ name: string; rows: readonly Row[] }>): React.JSX.Element {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id} mb={4}>
        {name}
      </Title>
      <dl className={classes['list']}>
        {rows.map(({ label, keys }) => (
          <div key={label} className={classes['row']}>
            <dt>{label}</dt>
            <dd className={classes['keys']}>
              {keys.map((each) => (
                <KeyCaps key={each} keys={each} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
