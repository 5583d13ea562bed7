import { join } from 'node:path';
import { pino } from 'pino';
import { openLogFile } from './log-file.ts';
import { createRedactor } from './redact.ts';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Words and fields; nothing reaches the file but through the redactor, because pino itself is not handed out. */
export type Logger = Readonly<{
  log: (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;
  info: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  warn: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  error: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  /** Cuts this value out of every line from now on. */
  addSecret: (secret: string) => void;
  close: () => void;
}>;

export type LoggerOptions = Readonly<{
  folder: string;
  level: LogLevel;
  /** The log keeps up to twice this. */
  maxBytes?: number;
}>;

/** Writes JSON lines to `heads-up.log` in the folder, which is made when it is not there. */
export function createLogger({ folder, level, maxBytes = 5_000_000 }: LoggerOptions): Logger {
  const redactor = createRedactor();
  const file = openLogFile(join(folder, 'heads-up.log'), join(folder, 'heads-up.1.log'), maxBytes);
  const lines = pino(
    {
      level,
      // No pid, no host name: a log is sent to people who help.
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label }) },
    },
    file,
  );
  const log: Logger['log'] = (at, message, fields) => {
    // Under a key of their own, so that no field can pass for the message or the level.
    const shown = fields === undefined ? {} : { fields: redactor.fields(fields) };
    lines[at](shown, redactor.text(message));
  };
  return {
    log,
    info: (message, fields) => log('info', message, fields),
    warn: (message, fields) => log('warn', message, fields),
    error: (message, fields) => log('error', message, fields),
    addSecret: redactor.addSecret,
    close: file.close,
  };
}
