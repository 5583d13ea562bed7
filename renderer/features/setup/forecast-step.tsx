import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../../shared/domain/counts.ts';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import { formatDate, formatNumber } from '../../lib/format.ts';
import { overviewQuery, type Setup } from './queries.ts';
import { ConfirmButton, StepActions } from './step-actions.tsx';
import classes from './setup.module.css';

type ForecastStepProps = Readonly<{ firstSync: Setup['firstSync'] }>;

export function ForecastStep({ firstSync }: ForecastStepProps): React.JSX.Element {
  const overview = useQuery(overviewQuery);
  return (
    <>
      <Loaded query={overview} what="The forecast" skeleton={<RowSkeletons rows={2} height={160} />}>
        {({ upcomingNotices, noticesDueNow }) => (
          <Section
            title="Notices in the next 14 days"
            description="By the day on which they are due, as the subscriptions stand now. Other triggers come as things happen."
          >
            <Text fw={600}>{wouldGoFirst(noticesDueNow)}</Text>
            <div aria-live="polite">
              {!firstSync.isDone && <Text size="sm">The first reading is not through yet, so these numbers grow.</Text>}
            </div>
            <Days days={upcomingNotices} />
          </Section>
        )}
      </Loaded>
      <StepActions step="forecast">
        <ConfirmButton step="forecast">Continue</ConfirmButton>
      </StepActions>
    </>
  );
}

function Days({ days }: Readonly<{ days: readonly Readonly<{ date: string; notices: number }>[] }>): React.JSX.Element {
  const most = Math.max(1, ...days.map(({ notices }) => notices));
  return (
    <table className={classes['days']}>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col" colSpan={2} className={classes['count-head']}>
            Notices
          </th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ date, notices }) => (
          <tr key={date}>
            <th scope="row">{formatDate(date)}</th>
            <td className={classes['number-cell']}>{formatNumber(notices)}</td>
            <td aria-hidden>
              {notices > 0 && <span className={classes['bar']} style={{ width: `${(notices / most) * 100}%` }} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What switching sending on would let out at once. */
export function wouldGoFirst(notices: number): string {
  if (notices === 0) return 'No notice is due now, so nothing goes out at once.';
  return `${formatCount(notices, 'notice is', 'notices are')} due now and would go out first.`;
}
