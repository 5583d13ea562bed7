import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeTray, toIconName, type TrayView } from '../../../main/electron/tray-menu.ts';
import type { EngineState } from '../../../shared/ipc/computer-contract.ts';
import { makeConnection, makeFacts, makeHold } from './shop-facts.ts';

const running: EngineState = { state: 'running', restartedAt: null };
const restarting: EngineState = { state: 'restarting', since: 0 };
const stopped: EngineState = { state: 'stopped', since: 0, message: 'It crashed.', nextStep: 'Start it again.' };

const labelsOf = ({ entries }: TrayView): string[] =>
  entries.map((entry) => (entry === 'separator' ? '-' : entry.label));

const routesOf = ({ entries }: TrayView): Record<string, string> =>
  Object.fromEntries(
    entries.flatMap((entry) =>
      entry !== 'separator' && entry.action?.kind === 'open' ? [[entry.label, entry.action.route ?? 'as it is']] : [],
    ),
  );

it('says that sending is on, and offers to pause it', () => {
  const view = describeTray(running, makeFacts());
  expect(view).toMatchObject({ icon: 'running', tooltip: 'Heads Up: Sending is on' });
  expect(labelsOf(view)).toEqual([
    'Sending is on',
    '-',
    'Open Heads Up',
    'Pause sending',
    'Guide',
    '-',
    'Quit Heads Up',
  ]);
});

it('leads to everything that needs a person, and says how much that is', () => {
  const view = describeTray(running, makeFacts({ unknown: 2, failed: 1, replies: 3, missed: 4 }));
  expect(view).toMatchObject({ icon: 'attention', tooltip: 'Heads Up: Sending is on. Needs you: 6' });
  expect(routesOf(view)).toEqual({
    '2 deliveries to check with Postscript': '/deliveries?state=unknown',
    '1 delivery refused by Postscript': '/deliveries?state=failed',
    '3 replies to read': '/replies?needs=person',
    '4 missed notices': '/missed',
    'Open Heads Up': 'as it is',
    Guide: '/guide',
  });
});

it('lists missed notices without calling for a person: nothing is left to do about them', () => {
  const view = describeTray(running, makeFacts({ missed: 1 }));
  expect(view).toMatchObject({ icon: 'running', tooltip: 'Heads Up: Sending is on' });
  expect(labelsOf(view)).toContain('1 missed notice');
});

it('offers to resume when sending is off', () => {
  const view = describeTray(running, makeFacts({ sendingOn: false }));
  expect(view).toMatchObject({ icon: 'paused', tooltip: 'Heads Up: Sending is off' });
  expect(labelsOf(view)).toContain('Resume sending…');
  expect(labelsOf(view)).not.toContain('Pause sending');
});

it.each([
  ['key_refused', 'attention', 'Sending is held: Postscript refused the key. Needs you: 1'],
  ['plan_refused', 'attention', 'Sending is held: the Postscript plan does not allow it. Needs you: 1'],
  ['storm', 'attention', 'Sending is held: far more triggers than usual. Needs you: 1'],
  ['outage', 'paused', 'Sending is paused: Postscript gives no clear answers'],
] as const)('says why sending is held: %s', (kind, icon, headline) => {
  const refused = kind === 'key_refused' || kind === 'plan_refused' ? 'refused' : 'ok';
  const connections = [makeConnection('postscript', refused), makeConnection('smartrr')];
  const view = describeTray(running, makeFacts({ hold: makeHold(kind), connections }));
  expect(view).toMatchObject({ icon, tooltip: `Heads Up: ${headline}` });
});

it('leads to a connection that is refused, and leaves one that gives no answer to itself', () => {
  const connections = [makeConnection('postscript', 'failing'), makeConnection('smartrr', 'refused')];
  const view = describeTray(running, makeFacts({ connections }));
  expect(view.tooltip).toBe('Heads Up: Sending is on. Needs you: 1');
  expect(routesOf(view)).toMatchObject({ 'Replace the Smartrr token': '/settings/connections' });
});

it.each(['postscript', 'smartrr'] as const)('leads to the set-up while %s is missing', (name) => {
  const view = describeTray(running, makeFacts({ sendingOn: false, connections: [makeConnection(name, 'missing')] }));
  expect(view).toMatchObject({ icon: 'paused', tooltip: 'Heads Up: Not set up: a key is missing' });
  expect(routesOf(view)).toMatchObject({ 'Set up my shop': '/setup' });
  expect(labelsOf(view)).not.toContain('Resume sending…');
});

it('switches nothing in the practice shop, and asks nobody to look at its troubles', () => {
  const view = describeTray(running, makeFacts({ isPractice: true, unknown: 3, hold: makeHold('storm') }));
  expect(view).toMatchObject({ icon: 'paused', tooltip: 'Heads Up: Practice shop: your own shop rests' });
  expect(labelsOf(view)).toEqual([
    'Practice shop: your own shop rests',
    '-',
    'Open Heads Up',
    'Guide',
    '-',
    'Quit Heads Up',
  ]);
});

it.each([
  [restarting, 'The engine is starting again'],
  [stopped, 'The engine stopped: nothing is sent'],
])('says when the engine is away, whatever it knew before: $state', (engine, words) => {
  const view = describeTray(engine, makeFacts({ unknown: 2 }));
  expect(view).toMatchObject({ icon: 'attention', tooltip: `Heads Up: ${words}` });
  expect(labelsOf(view)).toEqual([words, '-', 'Open Heads Up', 'Guide', '-', 'Quit Heads Up']);
});

it('can be opened and quit before the engine has said anything', () => {
  expect(labelsOf(describeTray(running, null))).toEqual([
    'Starting',
    '-',
    'Open Heads Up',
    'Guide',
    '-',
    'Quit Heads Up',
  ]);
});

it('says that the database fails', () => {
  const facts = makeFacts({ storage: { state: 'damaged', message: 'The table is damaged.' } });
  expect(routesOf(describeTray(running, facts))).toMatchObject({ 'Restore a backup': '/settings/backup' });
});

it('fits into the tooltip of Windows, which ends after 127 characters', () => {
  for (const kind of ['storm', 'key_refused', 'plan_refused', 'outage'] as const) {
    const facts = makeFacts({ hold: makeHold(kind), unknown: 100_000, failed: 100_000, replies: 100_000 });
    expect(describeTray(running, facts).tooltip.length).toBeLessThan(128);
  }
});

it.each(['darwin', 'win32', 'linux'] as const)('has an icon for each state on %s', (platform) => {
  const icons = new URL('../../../assets/icons/runtime/', import.meta.url);
  for (const icon of ['running', 'paused', 'attention'] as const) {
    expect(existsSync(new URL(toIconName(icon, platform), icons))).toBe(true);
  }
  expect(toIconName('paused', 'darwin')).toMatch(/Template\.png$/);
});
