import { Alert, Text } from '@mantine/core';
import { IconFlask, IconSettings } from '@tabler/icons-react';
import { Suspense, useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { Empty } from '../../components/empty.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useStatus } from '../../lib/status.ts';
import { hasDraft, subscribeToDrafts } from './drafts.ts';
import { settingsSections } from './sections.ts';
import classes from './settings-screen.module.css';

/** One page of the settings, with the list of all of them beside it. */
export function SettingsScreen({ name }: Readonly<{ name: string }>): React.JSX.Element {
  const { isPractice } = useStatus();
  const section = settingsSections.find((each) => each.name === name);
  if (section === undefined) return <NoSuchSection />;
  const { Content } = section;
  return (
    <Screen title={section.title} windowTitle={`Settings: ${section.label}`} description={section.description}>
      <div className={classes['columns']}>
        <nav aria-label="Settings">
          <ul className={classes['list']}>
            {settingsSections.map((each) => (
              <li key={each.name}>
                <Link
                  href={`/settings/${each.name}`}
                  className={classes['place']}
                  {...(each.name === name ? { 'aria-current': 'page' } : {})}
                >
                  {each.label}
                  <UnsavedNote section={each.name} />
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className={classes['content']}>
          {isPractice && !('isOfComputer' in section) && (
            <Alert color="violet" icon={<IconFlask aria-hidden />}>
              <Text size="sm">These are the practice shop’s settings. Your own shop’s are untouched.</Text>
            </Alert>
          )}
          <Suspense fallback={<RowSkeletons rows={2} height={150} />}>
            <Content />
          </Suspense>
        </div>
      </div>
    </Screen>
  );
}

function UnsavedNote({ section }: Readonly<{ section: string }>): React.JSX.Element | null {
  const { isPractice } = useStatus();
  const isUnsaved = useSyncExternalStore(subscribeToDrafts, () => hasDraft(section, isPractice));
  return isUnsaved ? <span className={classes['unsaved']}>not saved</span> : null;
}

function NoSuchSection(): React.JSX.Element {
  return (
    <Screen title="Settings">
      <Empty
        icon={IconSettings}
        title="There are no such settings"
        action={<TextLink to="/settings">Go to the connections</TextLink>}
      >
        The address names a page that does not exist.
      </Empty>
    </Screen>
  );
}
