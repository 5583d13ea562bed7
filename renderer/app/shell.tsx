import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { closedPhones } from '../features/practice/phone-view.ts';
import { Loaded } from '../components/loaded.tsx';
import { RowSkeletons } from '../components/row-skeletons.tsx';
import { listenForKeys } from '../lib/keyboard.ts';
import { StatusContext, statusQuery, type Status } from '../lib/status.ts';
import { Banners } from './banners.tsx';
import { EngineBanner } from './engine-banner.tsx';
import { GlobalCommands } from './global-commands.tsx';
import { Header } from './header.tsx';
import { OutageBanner } from './outage-banner.tsx';
import { Routes } from './routes.tsx';
import classes from './shell.module.css';
import { SideNav } from './side-nav.tsx';

// Outside of practice nobody needs these, so they are not part of the first load.
const PracticeBar = lazy(async () => {
  const { PracticeBar: bar } = await import('../features/practice/practice-bar.tsx');
  return { default: bar };
});
const PhonePanel = lazy(async () => {
  const { PhonePanel: panel } = await import('../features/practice/phone-panel.tsx');
  return { default: panel };
});

/** The frame around every screen. No screen is shown before the shop's name and time zone are known. */
export function Shell(): React.JSX.Element {
  const status = useQuery(statusQuery);
  // The shop's zone is not known when the very first question finds nobody.
  const timeZone = status.data?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  useEffect(listenForKeys, []);
  return (
    <div className={classes['shell']}>
      <SkipLink />
      <OutageBanner timeZone={timeZone} />
      <EngineBanner timeZone={timeZone} />
      {status.data === undefined ? (
        <main id="main" tabIndex={-1} className={classes['alone']}>
          <Loaded query={status} what="The console" skeleton={<RowSkeletons rows={5} height={90} />}>
            {() => null}
          </Loaded>
        </main>
      ) : (
        <StatusContext value={status.data}>
          <Frame status={status.data} />
        </StatusContext>
      )}
    </div>
  );
}

function Frame({ status }: Readonly<{ status: Status }>): React.JSX.Element {
  const [path] = useLocation();
  const main = useRef<HTMLElement>(null);
  const panelId = useId();
  const [phones, setPhones] = useState(closedPhones);

  useEffect(() => {
    // In braces: newer browsers answer with a promise, which React would take for a clean-up.
    main.current?.scrollTo(0, 0);
  }, [path]);

  function closePanel(): void {
    setPhones(closedPhones);
    document.getElementById(`${panelId}-toggle`)?.focus();
  }

  return (
    <>
      <Header />
      {status.isPractice && (
        <Suspense fallback={null}>
          <PracticeBar
            view={phones}
            panelId={panelId}
            onView={setPhones}
            onTogglePanel={() => (phones.isOpen ? closePanel() : setPhones({ ...closedPhones, isOpen: true }))}
          />
        </Suspense>
      )}
      <div className={classes['columns']}>
        {!isSettingUp(path) && <SideNav />}
        <main id="main" ref={main} tabIndex={-1} className={classes['main']}>
          <div className={classes['content']}>
            <GlobalCommands />
            <Banners />
            <Routes />
          </div>
        </main>
        {status.isPractice && phones.isOpen && (
          <Suspense fallback={null}>
            <PhonePanel id={panelId} view={phones} onView={setPhones} onClose={closePanel} />
          </Suspense>
        )}
      </div>
    </>
  );
}

/** The first run has a screen to itself, with a way out of its own. */
function isSettingUp(path: string): boolean {
  return path === '/setup' || path.startsWith('/setup/');
}

/** A plain link would change the hash, which is where the screen's name lives. */
function SkipLink(): React.JSX.Element {
  return (
    <button type="button" className={classes['skip']} onClick={() => document.getElementById('main')?.focus()}>
      Skip to the content
    </button>
  );
}
