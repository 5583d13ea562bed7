import { holdTitles } from '../../shared/domain/holds.ts';
import type { EngineState } from '../../shared/ipc/computer-contract.ts';
import { findNeeds, type ShopFacts } from './needs.ts';

export type TrayAction = Readonly<{ kind: 'open'; route?: string }> | Readonly<{ kind: 'pause' | 'resume' | 'quit' }>;

export type TrayEntry = Readonly<{ label: string; action: TrayAction | null }> | 'separator';

export type TrayView = Readonly<{
  icon: 'running' | 'paused' | 'attention';
  tooltip: string;
  /** The first says the state in words, and cannot be chosen. */
  entries: readonly TrayEntry[];
}>;

type State = Readonly<{ icon: TrayView['icon']; words: string; switches: readonly TrayEntry[] }>;

const pause: TrayEntry = { label: 'Pause sending', action: { kind: 'pause' } };
/** It asks first, because it sets free what is due. */
const resume: TrayEntry = { label: 'Resume sending…', action: { kind: 'resume' } };
const setUp: TrayEntry = { label: 'Set up my shop', action: { kind: 'open', route: '/setup' } };

/** What the tray shows. The facts are null until the engine has answered once. */
export function describeTray(engine: EngineState, facts: ShopFacts | null): TrayView {
  const { icon, words, switches } = describeState(engine, facts);
  const needs = engine.state === 'running' && facts !== null ? findNeeds(facts) : [];
  // Missed notices stay listed for a week, and there is nothing left to do about them but to read.
  const waiting = needs.filter(({ id }) => id !== 'missed').reduce((sum, { count }) => sum + count, 0);
  const headline = waiting === 0 ? words : `${words}. Needs you: ${waiting}`;
  return {
    icon: waiting === 0 ? icon : 'attention',
    tooltip: `Heads Up: ${headline}`,
    entries: [
      { label: headline, action: null },
      'separator',
      ...needs.map(({ label, route }): TrayEntry => ({ label, action: { kind: 'open', route } })),
      ...(needs.length === 0 ? [] : (['separator'] as const)),
      { label: 'Open Heads Up', action: { kind: 'open' } },
      ...switches,
      { label: 'Guide', action: { kind: 'open', route: '/guide' } },
      'separator',
      { label: 'Quit Heads Up', action: { kind: 'quit' } },
    ],
  };
}

function describeState({ state }: EngineState, facts: ShopFacts | null): State {
  if (state === 'stopped') return { icon: 'attention', words: 'The engine stopped: nothing is sent', switches: [] };
  if (state === 'restarting') return { icon: 'attention', words: 'The engine is starting again', switches: [] };
  if (state === 'starting' || facts === null) return { icon: 'paused', words: 'Starting', switches: [] };
  const { isPractice, connections, sendingOn, hold } = facts.status;
  if (isPractice) return { icon: 'paused', words: 'Practice shop: your own shop rests', switches: [] };
  if (connections.some(({ name, state }) => name !== 'inbox' && state === 'missing')) {
    return { icon: 'paused', words: 'Not set up: a key is missing', switches: sendingOn ? [setUp, pause] : [setUp] };
  }
  if (!sendingOn) return { icon: 'paused', words: 'Sending is off', switches: [resume] };
  if (hold !== null) return { icon: 'paused', words: holdTitles[hold.kind], switches: [pause] };
  return { icon: 'running', words: 'Sending is on', switches: [pause] };
}

/** macOS colours a template by itself; Windows picks a size out of an ICO. Both know them by their names. */
export function toIconName(icon: TrayView['icon'], platform: NodeJS.Platform): string {
  if (platform === 'darwin') return `tray-${icon}Template.png`;
  return platform === 'win32' ? `tray-${icon}.ico` : `tray-${icon}.png`;
}
