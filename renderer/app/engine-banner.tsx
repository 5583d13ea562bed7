import { Alert, Text } from '@mantine/core';
import { IconEngineOff, IconRefreshAlert } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EngineState } from '../../shared/ipc/computer-contract.ts';
import { computerQuery } from '../lib/computer.ts';
import { formatInstant } from '../lib/format.ts';

type Words = Readonly<{ title: string; text: string; isDown: boolean }>;

/** The engine has crashed: it is down, and what to do; or it runs again, until that was read. */
export function EngineBanner({ timeZone }: Readonly<{ timeZone: string }>): React.JSX.Element {
  const { data: computer } = useQuery(computerQuery);
  const [readRestartAt, setReadRestartAt] = useState<number | null>(null);
  const engine = computer?.engine;
  const restartedAt = engine?.state === 'running' ? engine.restartedAt : null;
  const isRead = restartedAt !== null && restartedAt === readRestartAt;
  const words = engine === undefined || isRead ? null : describe(engine, (at) => formatInstant(at, timeZone, 'second'));
  const BannerIcon = words?.isDown === true ? IconEngineOff : IconRefreshAlert;
  return (
    <div aria-live="polite">
      {words !== null && (
        <Alert
          color={words.isDown ? 'red' : 'orange'}
          radius={0}
          icon={<BannerIcon aria-hidden />}
          title={words.title}
          withCloseButton={restartedAt !== null}
          closeButtonLabel="Close this message"
          onClose={() => setReadRestartAt(restartedAt)}
        >
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {words.text}
          </Text>
        </Alert>
      )}
    </div>
  );
}

/** Null when there is nothing to say. */
function describe(engine: EngineState, time: (at: number) => string): Words | null {
  switch (engine.state) {
    case 'starting':
      return null;
    case 'running':
      if (engine.restartedAt === null) return null;
      return {
        title: `The engine stopped and was started again at ${time(engine.restartedAt)}`,
        text: 'It goes on where it was, and nothing is sent twice. What was on its way to Postscript at that moment waits for you on the Overview. If this happens again, the log says why.',
        isDown: false,
      };
    case 'restarting':
      return {
        title: `The engine stopped at ${time(engine.since)} and is being started again`,
        text: 'Until it runs, nothing is sent or read, and what you see may be out of date.',
        isDown: false,
      };
    case 'stopped':
      return {
        title: `The engine is down since ${time(engine.since)}: nothing is sent or read`,
        text: `${engine.message} ${engine.nextStep}`,
        isDown: true,
      };
  }
}
