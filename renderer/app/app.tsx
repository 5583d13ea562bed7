import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { hashHref, useHashLocation, useHashSearch } from '../lib/hash-location.ts';
import { createQueryClient } from '../lib/query-client.ts';
import { startLiveUpdates } from './live-updates.ts';
import { Shell } from './shell.tsx';
import { resolveCssVariables, theme } from './theme.ts';

const queryClient = createQueryClient();
startLiveUpdates(queryClient);

export function App(): React.JSX.Element {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveCssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <Router hook={useHashLocation} searchHook={useHashSearch} hrefs={hashHref}>
          <Shell />
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}
