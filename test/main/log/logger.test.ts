import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createLogger, type LoggerOptions } from '../../../main/log/logger.ts';

function setUp(options: Partial<LoggerOptions> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'heads-up-log-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'logs');
  const path = join(folder, 'heads-up.log');
  const logger = createLogger({ folder, level: 'info', ...options });
  onTestFinished(logger.close);
  const readLines = () =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { folder, path, logger, readLines };
}

it('writes one JSON object per line, with fields that cannot pass for the message', () => {
  const { logger, readLines } = setUp();
  logger.info('sync finished', { rows: 3, message: 'forged', level: 'error' });
  logger.log('debug', 'not shown at this level');
  expect(readLines()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/) as string,
      message: 'sync finished',
      fields: { rows: 3, message: 'forged', level: 'error' },
    },
  ]);
});

it('lets no planted secret, phone number or text into the file', () => {
  const { logger, path } = setUp();
  const planted = ['sk_notarealkey0001', '5555550123', 'not-a-real-smartrr-token', 'my dog ate the coffee'];
  logger.addSecret('not-a-real-smartrr-token');
  for (const level of ['info', 'warn', 'error'] as const) {
    logger[level]('key sk_notarealkey0001 of +15555550123, token not-a-real-smartrr-token', {
      sender: '(555) 555-0123',
      number: 15_555_550_123,
      body: 'my dog ate the coffee',
      error: new Error('Bearer not-a-real-smartrr-token', { cause: { text: 'my dog ate the coffee' } }),
      url: new URL('https://api.example.com/x?token=sk_notarealkey0001'),
    });
  }
  const text = readFileSync(path, 'utf8').replace(/[().\s-]/g, '');
  for (const leak of planted) expect(text).not.toContain(leak.replace(/[().\s-]/g, ''));
});

it('keeps a message with line breaks on one line', () => {
  const { logger, readLines } = setUp();
  logger.info('first\n{"level":"error","message":"forged"}');
  expect(readLines()).toHaveLength(1);
});

it.skipIf(process.platform === 'win32')('makes the file readable for its owner only, an old one too', () => {
  const { logger, path, folder } = setUp();
  mkdirSync(folder);
  writeFileSync(path, '');
  chmodSync(path, 0o644);
  logger.info('hello');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('starts a new file when one is full and keeps the one before', () => {
  const { logger, folder, path } = setUp({ maxBytes: 2000 });
  for (let number = 1; number <= 100; number += 1) logger.info(`line ${number}`);
  const previous = readFileSync(join(folder, 'heads-up.1.log'), 'utf8');
  const current = readFileSync(path, 'utf8');
  expect(current).toContain('"line 100"');
  expect(Buffer.byteLength(current)).toBeLessThanOrEqual(2000);
  expect(Buffer.byteLength(previous)).toBeLessThanOrEqual(2000);
});

it('does not stop the program when the folder cannot be written, and goes on once it can', () => {
  const { logger, folder, readLines } = setUp();
  writeFileSync(folder, 'a file where the folder should be');
  logger.error('lost');
  expect(existsSync(join(folder, 'heads-up.log'))).toBe(false);
  rmSync(folder);
  logger.error('kept');
  expect(readLines()).toMatchObject([{ message: 'kept' }]);
});
