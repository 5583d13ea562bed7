import { startInboxServer } from './inbox/server.ts';
import { parseInboxSettings } from './inbox/settings.ts';
import { toPortProblem } from './port-problem.ts';

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
    const { message } = toPortProblem(error, settings.value.port, 'HEADS_UP_INBOX_PORT');
    console.error(`The inbox cannot start: ${message}`);
    process.exitCode = 1;
  }
}
