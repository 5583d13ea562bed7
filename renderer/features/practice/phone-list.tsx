import { Text } from '@mantine/core';
import { IconDeviceMobileOff } from '@tabler/icons-react';
import { formatCount } from '../../../shared/domain/counts.ts';
import type { PracticePhone } from '../../../shared/ipc/schemas.ts';
import { Clip } from '../../components/clip.tsx';
import { Empty } from '../../components/empty.tsx';
import { formatPhone } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import classes from './phone-list.module.css';
import { useUnread } from './read-phones.ts';

type PhoneListProps = Readonly<{ phones: readonly PracticePhone[]; onChoose: (customerId: string) => void }>;

export function PhoneList({ phones, onChoose }: PhoneListProps): React.JSX.Element {
  const shopTime = useShopTime();
  const unread = useUnread();
  if (phones.length === 0) {
    return (
      <Empty icon={IconDeviceMobileOff} title="No such phone">
        No practice customer matches.
      </Empty>
    );
  }
  return (
    <ul className={classes['list']}>
      {phones.map((phone) => {
        const { customerId, name, phone: number, messages } = phone;
        const last = messages.at(-1);
        const count = unread(phone);
        return (
          <li key={customerId}>
            <button type="button" className={classes['phone']} onClick={() => onChoose(customerId)}>
              <span className={classes['top']}>
                <Clip className={classes['name']} text={name === '' ? formatPhone(number) : name} />
                {last !== undefined && (
                  <Text span size="xs" c="dimmed" className={classes['time']}>
                    {shopTime(last.at)}
                  </Text>
                )}
              </span>
              <span className={classes['top']}>
                <Clip className={classes['last']} text={last?.body ?? 'No texts yet'} />
                {count > 0 && <span className={classes['unread']}>{formatCount(count, 'new', 'new')}</span>}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
