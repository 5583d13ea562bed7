import type { Output } from '../../shared/ipc/contract.ts';
import type { ConnectionView } from '../../shared/ipc/schemas.ts';
import { HOUR, NOW } from './fake-data.ts';

/**
 * busy: a real shop with something of everything. first_start: nothing connected. quiet: connected, nothing yet.
 * trouble: everything that can be wrong at once. practice: the practice shop.
 */
export const scenarios = ['busy', 'first_start', 'quiet', 'trouble', 'practice'] as const;
export type Scenario = (typeof scenarios)[number];

const labels: Readonly<Record<ConnectionView['name'], string>> = {
  postscript: 'Fern & Fable',
  smartrr: 'fern-and-fable.myshopify.com',
  inbox: 'inbox.example.com',
};

export function makeConnection(name: ConnectionView['name']): ConnectionView {
  return {
    name,
    state: 'ok',
    label: labels[name],
    keyEnding: '7f3a',
    lastOkAt: NOW - 120_000,
    failingSince: null,
    problem: null,
  };
}

export function makeMissing(name: ConnectionView['name']): ConnectionView {
  return { ...makeConnection(name), state: 'missing', label: null, keyEnding: null, lastOkAt: null };
}

export function makeConnections(scenario: Scenario): Output<'connections.get'> {
  if (scenario === 'first_start') return [makeMissing('postscript'), makeMissing('smartrr'), makeMissing('inbox')];
  if (scenario !== 'trouble') return [makeConnection('postscript'), makeConnection('smartrr'), makeConnection('inbox')];
  return [
    { ...makeConnection('postscript'), state: 'refused', problem: 'Postscript refused the key. Paste a new one.' },
    {
      ...makeConnection('smartrr'),
      state: 'failing',
      failingSince: NOW - HOUR,
      problem: 'No answer within 20 s. It is tried again by itself.',
    },
    makeMissing('inbox'),
  ];
}
