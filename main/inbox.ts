import { startInboxServer } from './inbox/server.ts';
import { parseInboxSettings } from './inbox/settings.ts';

const settings = parseInboxSettings(process.env);
if (!settings.ok) {
  console.error(`The inbox cannot start.\n${settings.error.message}\n${settings.error.nextStep ?? ''}`);
  process.exitCode = 1;
} else {
  try {
    const server = await startInboxServer(settings.value, console.error);
    console.log(`The inbox is ready: ${server.url}`);
    const stop = async (): Promise<void> => {
      await server.close();
      process.exit(0);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  } catch (error) {
    console.error(`The inbox cannot start: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
