import { expect, it } from 'vitest';
import { arrangeCommands } from '../../renderer/app/arrange-commands.ts';
import type { Command } from '../../renderer/lib/commands.ts';

const make = (id: string, group: string, keywords = ''): Command => ({
  id,
  label: id,
  group,
  keywords,
  run: () => undefined,
});
const commands = [make('Overview', 'Screens'), make('Replies', 'Screens'), make('Sync now', 'Actions', 'read smartrr')];
const arrange = (query: string, recent: readonly string[] = []) =>
  arrangeCommands(commands, query, recent).map(({ name, commands: inGroup }) => [name, inGroup.map(({ id }) => id)]);

it('lists what was used lately first, and nothing twice', () => {
  expect(arrange('')).toEqual([
    ['Screens', ['Overview', 'Replies']],
    ['Actions', ['Sync now']],
  ]);
  expect(arrange('', ['Sync now', 'gone', 'Replies'])).toEqual([
    ['Recent', ['Sync now', 'Replies']],
    ['Screens', ['Overview']],
  ]);
});

it('finds by every word, by heading and by other words', () => {
  expect(arrange('re')).toEqual([
    ['Screens', ['Replies', 'Overview']],
    ['Actions', ['Sync now']],
  ]);
  expect(arrange('  SMARTRR sync ')).toEqual([['Actions', ['Sync now']]]);
  expect(arrange('sync overview')).toEqual([]);
});
