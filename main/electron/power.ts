import type { PowerMonitor } from 'electron';
import type { EngineKeeper } from './engine-keeper.ts';

type PowerDeps = Readonly<{
  powerMonitor: Pick<PowerMonitor, 'on'>;
  engine: Pick<EngineKeeper, 'sleep' | 'wake'>;
  log: (message: string) => void;
  /** The computer shuts down. */
  onShutdown: () => void;
  lookAgainMs?: number;
}>;

/** Wireless networks come back some seconds after the computer. */
const networkIsBackMs = 20_000;

/** Tells the engine of the computer's sleep, so that nothing leaves just before it and everything is caught up after. */
export function watchPower(deps: PowerDeps): void {
  const { powerMonitor, engine, log, onShutdown, lookAgainMs = networkIsBackMs } = deps;
  powerMonitor.on('suspend', () => {
    log('The computer goes to sleep.');
    engine.sleep();
  });
  powerMonitor.on('resume', () => {
    log('The computer woke up.');
    engine.wake();
    setTimeout(engine.wake, lookAgainMs);
  });
  powerMonitor.on('unlock-screen', () => engine.wake());
  // Electron's types leave the event out; without preventing it the system may end us before the engine is through.
  powerMonitor.on('shutdown', (event?: Readonly<{ preventDefault: () => void }>) => {
    event?.preventDefault();
    onShutdown();
  });
}
