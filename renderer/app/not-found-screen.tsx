import { IconMapOff } from '@tabler/icons-react';
import { Empty } from '../components/empty.tsx';
import { Screen } from '../components/screen.tsx';
import { TextLink } from '../components/text-link.tsx';

export function NotFoundScreen(): React.JSX.Element {
  return (
    <Screen title="No such screen">
      <Empty icon={IconMapOff} title="Nothing is here" action={<TextLink to="/">Go to the overview</TextLink>}>
        The address does not lead to a screen of this console.
      </Empty>
    </Screen>
  );
}
