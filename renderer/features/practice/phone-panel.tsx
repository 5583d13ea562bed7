import { CloseButton, Group, SegmentedControl, Tabs, TextInput, Title, useComputedColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Conversation, type PhoneScheme } from './conversation.tsx';
import { PhoneList } from './phone-list.tsx';
import classes from './phone-panel.module.css';
import type { PhoneView } from './phone-view.ts';
import { PlatformEvents } from './platform-events.tsx';
import { practiceQuery } from './queries.ts';

type PhonePanelProps = Readonly<{
  id: string;
  view: PhoneView;
  onView: (view: PhoneView) => void;
  onClose: () => void;
}>;

const schemes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** The other side of practice: what customers see on their phones, and what the simulated platform recorded. */
export function PhonePanel({ id, view, onView, onClose }: PhonePanelProps): React.JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  const own = useComputedColorScheme();
  // Until a person chooses, phones look like the console.
  const [chosenScheme, setScheme] = useState<PhoneScheme | null>(null);
  const scheme = chosenScheme ?? own;

  useEffect(() => heading.current?.focus({ preventScroll: true }), [view.customerId]);

  return (
    <aside id={id} className={classes['panel']} aria-label="Practice phones">
      <Group justify="space-between" px="md" pt="sm" wrap="nowrap">
        <Title order={2} ref={heading} tabIndex={-1} className={classes['heading']}>
          Practice phones
        </Title>
        <Group gap={6} wrap="nowrap">
          <SegmentedControl
            aria-label="How the phones look"
            size="xs"
            data={schemes}
            value={scheme}
            onChange={(value) => setScheme(value === 'dark' ? 'dark' : 'light')}
          />
          <CloseButton aria-label="Close the practice phones" onClick={onClose} />
        </Group>
      </Group>
      <Tabs
        value={view.tab}
        onChange={(tab) => onView({ ...view, tab: tab === 'platform' ? 'platform' : 'phones' })}
        className={classes['tabs']}
        keepMounted={false}
      >
        <Tabs.List px="md">
          <Tabs.Tab value="phones">Phones</Tabs.Tab>
          <Tabs.Tab value="platform">Platform events</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="phones" className={classes['part']}>
          <Phones
            chosenId={view.customerId}
            scheme={scheme}
            onChoose={(customerId) => onView({ ...view, customerId })}
          />
        </Tabs.Panel>
        {/* Nothing in it takes the focus, so the box itself must, or it could not be scrolled without a mouse. */}
        <Tabs.Panel value="platform" className={classes['part']} tabIndex={0}>
          <Platform />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}

type PhonesProps = Readonly<{
  chosenId: string | null;
  scheme: PhoneScheme;
  onChoose: (customerId: string | null) => void;
}>;

function Phones({ chosenId, scheme, onChoose }: PhonesProps): React.JSX.Element {
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search.trim(), 200);
  const practice = useQuery(practiceQuery(searched));
  return (
    <>
      {chosenId === null && (
        <TextInput
          aria-label="Find a phone"
          placeholder="Find a customer"
          type="search"
          size="xs"
          mb="xs"
          maxLength={100}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
      )}
      <Loaded query={practice} what="The practice shop" skeleton={<RowSkeletons rows={6} height={52} />}>
        {({ phones }) => {
          const chosen = phones.find(({ customerId }) => customerId === chosenId);
          if (chosen === undefined) return <PhoneList phones={phones} onChoose={onChoose} />;
          return <Conversation key={chosen.customerId} phone={chosen} scheme={scheme} onBack={() => onChoose(null)} />;
        }}
      </Loaded>
    </>
  );
}

function Platform(): React.JSX.Element {
  const practice = useQuery(practiceQuery(''));
  return (
    <Loaded query={practice} what="The practice shop" skeleton={<RowSkeletons rows={6} height={52} />}>
      {({ platformEvents }) => <PlatformEvents events={platformEvents} />}
    </Loaded>
  );
}
