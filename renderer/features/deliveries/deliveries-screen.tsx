import { Button, Text } from '@mantine/core';
import { IconArrowUp, IconDownload, IconFilterOff, IconRepeat, IconSend } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { formatCount } from '../../../shared/domain/counts.ts';
import { everyDelivery, type DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import type { DeliveryRow } from '../../../shared/ipc/schemas.ts';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useCommands } from '../../lib/commands.ts';
import { copyText } from '../../lib/copy-text.ts';
import { BulkResendDialog } from './bulk-resend-dialog.tsx';
import { BulkResendProgress } from './bulk-resend-progress.tsx';
import classes from './deliveries-screen.module.css';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import { DeliveryGrid } from './delivery-grid.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { isFiltered, readFilter, writeFilter } from './filter-address.ts';
import { FilterBar } from './filter-bar.tsx';
import { FilterChips } from './filter-chips.tsx';
import { useDeliveryLog, type DeliveryLog } from './use-delivery-log.ts';
import { VolumeStrip } from './volume-strip.tsx';

/** The filters and the open delivery live in the address, so that back, forward and a reload restore them. */
export function DeliveriesScreen(): React.JSX.Element {
  const [params, setParams] = useSearchParams();
  const [asked, setAsked] = useState<'export' | 'resend' | null>(null);
  const filter = readFilter(params);
  const openId = parseId(params.get('id'));

  function setFilter(change: Partial<DeliveryFilter>, isTyping = false): void {
    setParams((before) => writeFilter({ ...readFilter(before), ...change }), { replace: isTyping });
  }

  function setOpenId(id: number | null): void {
    setParams((before) => ({ ...writeFilter(readFilter(before)), ...(id === null ? {} : { id: String(id) }) }));
  }

  useCommands([
    {
      id: 'deliveries.export',
      label: 'Export the deliveries',
      group: 'Deliveries',
      keys: 'e',
      run: () => setAsked('export'),
    },
    {
      id: 'deliveries.resend',
      label: 'Resend the deliveries',
      group: 'Deliveries',
      keys: 'r',
      run: () => setAsked('resend'),
    },
  ]);

  return (
    <Screen
      title="Deliveries"
      description="Every trigger that was decided for a customer, also when it was not sent. Accepted means that Postscript answered yes, not that a text arrived."
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconRepeat size={16} aria-hidden />}
            onClick={() => setAsked('resend')}
          >
            Resend…
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => setAsked('export')}
          >
            Export…
          </Button>
        </>
      }
    >
      <BulkResendProgress />
      <FilterBar filter={filter} onChange={setFilter} />
      <FilterChips filter={filter} onChange={setFilter} onClear={() => setFilter(everyDelivery)} />
      <VolumeStrip filter={filter} onNarrow={(period) => setFilter({ from: period, to: period })} />
      {/* Another filter is another list: its place and its focus start at the top. */}
      <Log
        key={JSON.stringify(filter)}
        filter={filter}
        openId={openId}
        onOpen={setOpenId}
        onClear={() => setFilter(everyDelivery)}
      />
      <DeliveryDrawer id={openId} onClose={() => setOpenId(null)} />
      <BulkResendDialog filter={filter} isOpen={asked === 'resend'} onClose={() => setAsked(null)} />
      <ExportDialog filter={filter} isOpen={asked === 'export'} onClose={() => setAsked(null)} />
    </Screen>
  );
}

type LogProps = Readonly<{
  filter: DeliveryFilter;
  openId: number | null;
  onOpen: (id: number) => void;
  onClear: () => void;
}>;

function Log({ filter, openId, onOpen, onClear }: LogProps): React.JSX.Element {
  const log = useDeliveryLog(filter);
  const scroller = useRef<HTMLTableSectionElement>(null);
  const active = useRef<DeliveryRow>(undefined);
  useCommands([
    {
      id: 'deliveries.copy',
      label: 'Copy the delivery’s id',
      group: 'Deliveries',
      keys: 'c',
      run: () => {
        const row = active.current ?? log.list.data?.[0];
        if (row !== undefined) void copyText(String(row.id), `The id of delivery ${row.id}`);
      },
    },
  ]);
  useNewestAtTop(log, scroller);

  return (
    <Loaded query={log.list} what="The deliveries" skeleton={<RowSkeletons rows={8} height={56} />}>
      {(rows) =>
        rows.length === 0 ? (
          <Nothing filter={filter} onClear={onClear} />
        ) : (
          <div className={classes['log']}>
            {log.newer > 0 && (
              <Button
                size="compact-sm"
                className={classes['pill']}
                leftSection={<IconArrowUp size={14} aria-hidden />}
                onClick={() => {
                  scroller.current?.scrollTo(0, 0);
                  log.onShowNewest();
                }}
              >
                {log.newer < 100 ? `${log.newer} new` : '100 or more new'}
              </Button>
            )}
            <DeliveryGrid
              rows={rows}
              openId={openId}
              hasMore={log.hasMore}
              isLoadingMore={log.isLoadingMore}
              onMore={log.onMore}
              onOpen={onOpen}
              onActive={(row) => {
                active.current = row;
              }}
              onLookAt={log.onLookAt}
              scroller={scroller}
            />
            <Text size="sm" c="dimmed" mt="xs" aria-live="polite">
              {log.hasMore
                ? `The newest ${formatCount(rows.length, 'delivery', 'deliveries')}; scroll for older ones.`
                : `${formatCount(rows.length, 'delivery', 'deliveries')}, the oldest included.`}
              {log.isSearchCut && ' More people match than are looked through: search for something more exact.'}
            </Text>
          </div>
        )
      }
    </Loaded>
  );
}

/** New rows come in by themselves only for a reader who is at the top and has no row in hand. */
function useNewestAtTop({ newer, onShowNewest }: DeliveryLog, scroller: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const body = scroller.current;
    const isReading = body !== null && (body.scrollTop > 0 || body.contains(document.activeElement));
    const isDialogOpen = document.querySelector('[role=dialog]') !== null;
    if (newer > 0 && !isReading && !isDialogOpen) onShowNewest();
  });
}

function Nothing({ filter, onClear }: Readonly<{ filter: DeliveryFilter; onClear: () => void }>): React.JSX.Element {
  return isFiltered(filter) ? (
    <Empty
      icon={IconFilterOff}
      title="No delivery matches"
      action={
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      Nothing meets all of these filters at the moment.
    </Empty>
  ) : (
    <Empty icon={IconSend} title="Nothing yet" action={<TextLink to="/triggers">Send a test trigger</TextLink>}>
      Deliveries appear as soon as the first sync has planned a notice, or when you send a test.
    </Empty>
  );
}

function parseId(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
