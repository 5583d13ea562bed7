import { useQuery } from '@tanstack/react-query';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { useStatus } from '../../lib/status.ts';
import { settingsQuery } from './queries.ts';

type SettingsLoadedProps = Readonly<{ children: (settings: ShopSettings) => React.ReactNode }>;

/** The shop's settings once they are there. Another shop's are other forms, so nothing typed crosses over. */
export function SettingsLoaded({ children }: SettingsLoadedProps): React.JSX.Element {
  const { isPractice } = useStatus();
  const settings = useQuery(settingsQuery(isPractice));
  return (
    <Loaded query={settings} what="The settings" skeleton={<RowSkeletons rows={2} height={180} />}>
      {(data) => <div key={String(isPractice)}>{children(data)}</div>}
    </Loaded>
  );
}
