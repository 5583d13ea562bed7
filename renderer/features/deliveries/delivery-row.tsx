import { Badge } from '@mantine/core';
import { decisionReasons } from '../../../shared/domain/decisions.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import type { DeliveryRow as Delivery } from '../../../shared/ipc/schemas.ts';
import { Clip } from '../../components/clip.tsx';
import { DeliveryStateBadge, deliveryStateLooks } from '../../components/delivery-state-badge.tsx';
import { formatDate } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import classes from './delivery-grid.module.css';
import { waitWords } from './wait-words.ts';

type DeliveryRowProps = Readonly<{
  row: Delivery;
  /** From 1, the headings included. */
  rowIndex: number;
  top: number;
  isActive: boolean;
  isOpen: boolean;
  onFocus: () => void;
}>;

/** The row's element, for the focus. */
export const rowElementId = (id: number): string => `delivery-row-${id}`;

export function DeliveryRow({ row, rowIndex, top, isActive, isOpen, onFocus }: DeliveryRowProps): React.JSX.Element {
  const title = triggers[row.trigger].title;
  const name = row.customerName === '' ? 'nobody' : row.customerName.slice(0, 80);
  return (
    // Keys and clicks are the grid's: it knows the rows by their id.
    <tr
      id={rowElementId(row.id)}
      data-delivery={row.id}
      aria-rowindex={rowIndex}
      aria-label={`${title} for ${name}, ${deliveryStateLooks[row.state].label}`}
      aria-current={isOpen ? true : undefined}
      tabIndex={isActive ? 0 : -1}
      className={classes['row']}
      style={{ transform: `translateY(${top}px)` }}
      onFocus={onFocus}
    >
      <td>
        <DeliveryStateBadge state={row.state} />
      </td>
      <td>
        <div className={classes['title']}>
          <Clip text={title} />
          {row.isTest && (
            <Badge color="violet" size="sm">
              Test
            </Badge>
          )}
        </div>
        <Clip
          className={classes['second']}
          text={row.waitsFor === null ? decisionReasons[row.reason].sentence : waitWords[row.waitsFor]}
        />
      </td>
      <td>
        <Clip text={row.customerName === '' ? 'Nobody' : row.customerName} />
        <Clip className={classes['second']} text={row.phone ?? '–'} />
      </td>
      <td className={classes['numbers']}>{row.orderDate === null ? '–' : formatDate(row.orderDate, 'short')}</td>
      <td className={classes['numbers']}>
        <When row={row} />
      </td>
    </tr>
  );
}

function When({ row: { finishedAt, dueAt, createdAt } }: Readonly<{ row: Delivery }>): React.JSX.Element {
  const shopTime = useShopTime();
  const [at, word] =
    finishedAt !== null ? [finishedAt, 'Finished'] : dueAt !== null ? [dueAt, 'Due'] : [createdAt, 'Decided'];
  return (
    <>
      <Clip text={shopTime(at)} />
      <Clip className={classes['second']} text={word} />
    </>
  );
}
