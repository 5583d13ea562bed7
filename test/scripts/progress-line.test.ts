import { expect, it } from 'vitest';
import { createProgressLine } from '../../scripts/progress-line.mjs';

function setUp(isTTY: boolean) {
  const written: string[] = [];
  const line = createProgressLine('Fetching', { isTTY, write: (text: string) => written.push(text) });
  const show = (megabytes: number, total: number | null): void =>
    line.show({ transferred: megabytes * 1_000_000, total: total === null ? null : total * 1_000_000 });
  return { written, line, show };
}

it('writes over one line on a terminal, and only when it says something new', () => {
  const { written, line, show } = setUp(true);
  for (const megabytes of [0, 0.1, 60, 120]) show(megabytes, 120);
  line.end();
  expect(written).toEqual([
    '\rFetching: 0 %, 0 of 120 MB',
    '\rFetching: 50 %, 60 of 120 MB',
    '\rFetching: 100 %, 120 of 120 MB',
    '\n',
  ]);
});

it('writes a line for every tenth elsewhere', () => {
  const { written, line, show } = setUp(false);
  for (let megabytes = 0; megabytes <= 120; megabytes += 1) show(megabytes, 120);
  line.end();
  expect(written).toHaveLength(11);
  expect(written.slice(0, 2)).toEqual(['Fetching: 0 %, 0 of 120 MB\n', 'Fetching: 10 %, 12 of 120 MB\n']);
});

it('counts megabytes where the server does not say how many there are', () => {
  const { written, show } = setUp(false);
  for (const megabytes of [1, 9, 11, 25]) show(megabytes, null);
  expect(written).toEqual(['Fetching: 1 MB\n', 'Fetching: 11 MB\n', 'Fetching: 25 MB\n']);
});
