import { Text } from '@mantine/core';
import { IconDeviceMobileOff } from '@tabler/icons-react';
import type { PracticePhone } from '../../../shared/ipc/schemas.ts';
import { Clip } from '../../components/clip.tsx';
import { Empty } from '../../components/empty.tsx';
import { formatPhone } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import classes from './phone-list.module.css';

type PhoneListProps = Readonly<{ phones: readonly PracticePhone[]; onChoose: (customerId: string) => void }>;

export function PhoneList({ phones, onChoose }: PhoneListProps): React.JSX.Element {
  const shopTime = useShopTime();
  if (phones.length === 0) {
    return (
      <Empty icon={IconDeviceMobileOff} title="No such phone">
        No practice customer matches.
      </Empty>
    );
  }
  return (
    <ul className={classes['list']}>
      {phones.map(({ customerId, name, phone, messages }) => {
        const last = messages.at(-1);
        return (
          <li key={customerId}>
            <button type="button" className={classes['phone']} onClick={() => onChoose(customerId)}>
              <span className={classes['top']}>
                <Clip className={classes['name']} text={name === '' ? formatPhone(phone) : name} />
                {last !== undefined && (
                  <Text span size="xs" c="dimmed" className={classes['time']}>
                    {shopTime(last.at)}
                  </Text>
                )}
              </span>
              <Clip className={classes['last']} text={last?.body ?? 'No texts yet'} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
