import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { SideDrawer } from '../../components/side-drawer.tsx';
import { DeliveryView } from './delivery-view.tsx';
import { deliveryQuery } from './queries.ts';

/** One delivery beside the list. Escape closes it, and the focus goes back to its row. */
export function DeliveryDrawer({
  id,
  onClose,
}: Readonly<{ id: number | null; onClose: () => void }>): React.JSX.Element {
  // While the drawer slides out, it still shows what it showed.
  const [shownId, setShownId] = useState(id);
  if (id !== null && id !== shownId) setShownId(id);
  return (
    <SideDrawer isOpen={id !== null} onClose={onClose} title={shownId === null ? 'Delivery' : `Delivery ${shownId}`}>
      {shownId !== null && <DeliveryDrawerBody key={shownId} id={shownId} />}
    </SideDrawer>
  );
}

function DeliveryDrawerBody({ id }: Readonly<{ id: number }>): React.JSX.Element {
  const [isPhoneShown, setIsPhoneShown] = useState(false);
  const detail = useQuery(deliveryQuery(id, isPhoneShown));
  return (
    <Loaded query={detail} what="The delivery" skeleton={<DetailSkeleton />}>
      {(data) => (
        <DeliveryView detail={data} isPhoneShown={isPhoneShown} onTogglePhone={() => setIsPhoneShown(!isPhoneShown)} />
      )}
    </Loaded>
  );
}

function DetailSkeleton(): React.JSX.Element {
  return (
    <Stack>
      <Skeleton height={26} width="60%" />
      <Skeleton height={140} radius="md" />
      <Skeleton height={80} radius="md" />
      <Skeleton height={160} radius="md" />
    </Stack>
  );
}
