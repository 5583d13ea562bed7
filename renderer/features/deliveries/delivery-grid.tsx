import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { DeliveryRow as Delivery } from '../../../shared/ipc/schemas.ts';
import { useCommands } from '../../lib/commands.ts';
import classes from './delivery-grid.module.css';
import { DeliveryRow, rowElementId } from './delivery-row.tsx';

/** As in the style sheet: every row has this height, and what does not fit is cut off. */
const ROW_HEIGHT = 56;
/** Rows drawn beyond either edge. */
const OVERSCAN = 8;
/** The next page is asked for this many rows before the end. */
const AHEAD = 20;
const columns = ['State', 'Trigger', 'Customer', 'Order', 'When'] as const;

type DeliveryGridProps = Readonly<{
  rows: readonly Delivery[];
  openId: number | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
  onOpen: (id: number) => void;
  onActive: (row: Delivery) => void;
  /** The first row in sight, as the reader scrolls. */
  onLookAt: (index: number) => void;
  scroller: React.RefObject<HTMLTableSectionElement | null>;
}>;

/** The log as a grid of which only what is in sight is drawn. One row is the tab stop; the arrows move it. */
export function DeliveryGrid(props: DeliveryGridProps): React.JSX.Element {
  const { rows, openId, hasMore, isLoadingMore, onMore, onOpen, onActive, onLookAt, scroller } = props;
  const [activeId, setActiveId] = useState<number | null>(null);
  const wantsFocus = useRef(false);
  const found = rows.findIndex(({ id }) => id === activeId);
  const active = found === -1 ? 0 : found;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    getItemKey: (index) => rows[index]?.id ?? index,
    // The row with the focus stays, or the focus would be lost when it is scrolled out of sight.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), active])].toSorted((a, b) => a - b),
  });
  const { startIndex: first = 0, endIndex: last = 0 } = virtual.range ?? {};

  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= rows.length - AHEAD) onMore();
  });
  useEffect(() => onLookAt(first), [first, onLookAt]);
  useEffect(() => {
    if (!wantsFocus.current || activeId === null) return;
    wantsFocus.current = false;
    document.getElementById(rowElementId(activeId))?.focus({ preventScroll: true });
  });

  function moveTo(index: number): void {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    wantsFocus.current = true;
    setActiveId(row.id);
    onActive(row);
    virtual.scrollToIndex(rows.indexOf(row));
  }

  function moveBy(steps: number): void {
    const hasFocus = scroller.current?.contains(document.activeElement) ?? false;
    // The first step goes to the row that is the tab stop.
    moveTo(hasFocus ? active + steps : active);
  }

  const page = Math.max(1, last - first - 1);
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => moveBy(1),
    ArrowUp: () => moveBy(-1),
    PageDown: () => moveBy(page),
    PageUp: () => moveBy(-page),
    Home: () => moveTo(0),
    End: () => moveTo(rows.length - 1),
    Enter: () => {
      const row = rows[active];
      if (row !== undefined) onOpen(row.id);
    },
  };

  useCommands([
    { id: 'deliveries.next', label: 'Next delivery', group: 'Deliveries', keys: 'j', run: () => moveBy(1) },
    { id: 'deliveries.previous', label: 'Previous delivery', group: 'Deliveries', keys: 'k', run: () => moveBy(-1) },
  ]);

  return (
    <table
      role="grid"
      aria-label="Deliveries, newest first"
      // How many there are in all is known only at the end of the list.
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      className={classes['grid']}
      tabIndex={-1}
      onClick={({ target }) => {
        const row = target instanceof Element ? target.closest<HTMLElement>('[data-delivery]') : null;
        if (row !== null) onOpen(Number(row.dataset['delivery']));
      }}
      onKeyDown={(event) => {
        const move = moves[event.key];
        if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        move();
      }}
    >
      <thead>
        <tr aria-rowindex={1} className={classes['head']}>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={scroller} className={classes['body']}>
        {/* As high as all rows together, so that the scroll bar tells where one is. */}
        <tr aria-hidden className={classes['room']} style={{ height: virtual.getTotalSize() }} />
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            row !== undefined && (
              <DeliveryRow
                key={row.id}
                row={row}
                rowIndex={index + 2}
                top={start}
                isActive={index === active}
                isOpen={row.id === openId}
                onFocus={() => {
                  setActiveId(row.id);
                  onActive(row);
                }}
              />
            )
          );
        })}
      </tbody>
    </table>
  );
}
