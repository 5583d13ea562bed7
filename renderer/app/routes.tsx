import { lazy, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { RowSkeletons } from '../components/row-skeletons.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';

const OverviewScreen = lazy(async () => {
  const { OverviewScreen: screen } = await import('../features/overview/overview-screen.tsx');
  return { default: screen };
});
const MissedScreen = lazy(async () => {
  const { MissedScreen: screen } = await import('../features/overview/missed-screen.tsx');
  return { default: screen };
});
const TriggersScreen = lazy(async () => {
  const { TriggersScreen: screen } = await import('../features/triggers/triggers-screen.tsx');
  return { default: screen };
});
const UpcomingScreen = lazy(async () => {
  const { UpcomingScreen: screen } = await import('../features/upcoming/upcoming-screen.tsx');
  return { default: screen };
});
const TriggerScreen = lazy(async () => {
  const { TriggerScreen: screen } = await import('../features/triggers/trigger-screen.tsx');
  return { default: screen };
});
const DeliveriesScreen = lazy(async () => {
  const { DeliveriesScreen: screen } = await import('../features/deliveries/deliveries-screen.tsx');
  return { default: screen };
});
const RepliesScreen = lazy(async () => {
  const { RepliesScreen: screen } = await import('../features/replies/replies-screen.tsx');
  return { default: screen };
});
const CustomersScreen = lazy(async () => {
  const { CustomersScreen: screen } = await import('../features/customers/customers-screen.tsx');
  return { default: screen };
});
const CustomerScreen = lazy(async () => {
  const { CustomerScreen: screen } = await import('../features/customers/customer-screen.tsx');
  return { default: screen };
});
const SettingsScreen = lazy(async () => {
  const { SettingsScreen: screen } = await import('../features/settings/settings-screen.tsx');
  return { default: screen };
});
const GuideScreen = lazy(async () => {
  const { GuideScreen: screen } = await import('../features/guide/guide-screen.tsx');
  return { default: screen };
});
const GuideChapterScreen = lazy(async () => {
  const { GuideChapterScreen: screen } = await import('../features/guide/guide-screen.tsx');
  return { default: screen };
});

const SetupScreen = lazy(async () => {
  const { SetupScreen: screen } = await import('../features/setup/setup-screen.tsx');
  return { default: screen };
});

export function Routes(): React.JSX.Element {
  const [path] = useLocation();
  return (
    // Keyed by the path, so that another screen starts without the last one's failure.
    <ScreenBoundary key={path}>
      <Suspense fallback={<RowSkeletons rows={5} height={90} />}>
        <Switch>
          <Route path="/" component={OverviewScreen} />
          <Route path="/missed" component={MissedScreen} />
          <Route path="/triggers" component={TriggersScreen} />
          <Route path="/upcoming" component={UpcomingScreen} />
          <Route path="/triggers/:name">
            {({ name }) => <TriggerScreen key={name} name={decodeURIComponent(name)} />}
          </Route>
          <Route path="/deliveries" component={DeliveriesScreen} />
          <Route path="/replies" component={RepliesScreen} />
          <Route path="/customers" component={CustomersScreen} />
          <Route path="/customers/:id">{({ id }) => <CustomerScreen key={id} id={decodeURIComponent(id)} />}</Route>
          <Route path="/settings">
            <SettingsScreen name="connections" />
          </Route>
          <Route path="/settings/:name">{({ name }) => <SettingsScreen name={name} />}</Route>
          <Route path="/setup">
            <SetupScreen />
          </Route>
          <Route path="/setup/:place">{({ place }) => <SetupScreen place={place} />}</Route>
          <Route path="/guide" component={GuideScreen} />
          <Route path="/guide/:chapter">{({ chapter }) => <GuideChapterScreen key={chapter} anchor={chapter} />}</Route>
          <Route component={NotFoundScreen} />
        </Switch>
      </Suspense>
    </ScreenBoundary>
  );
}
