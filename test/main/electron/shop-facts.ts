import type { ShopFacts } from '../../../main/electron/needs.ts';
import type { ConnectionView } from '../../../shared/ipc/schemas.ts';

const NOW = Date.UTC(2027, 2, 14, 12);

export function makeConnection(name: ConnectionView['name'], state: ConnectionView['state'] = 'ok'): ConnectionView {
  return { name, state, label: null, keyEnding: null, lastOkAt: null, failingSince: null, problem: null };
}

export function makeHold(
  kind: NonNullable<ShopFacts['status']['hold']>['kind'],
): NonNullable<ShopFacts['status']['hold']> {
  return { kind, since: NOW, until: kind === 'outage' ? NOW + 60_000 : null, message: '' };
}

/** A shop in which everything is well and sending is on, but for what is named. */
export function makeFacts({
  unknown = 0,
  failed = 0,
  missed = 0,
  replies = 0,
  ...status
}: Partial<ShopFacts['status'] & ShopFacts['overview'] & { replies: number }> = {}): ShopFacts {
  return {
    status: {
      isPractice: false,
      sendingOn: true,
      hold: null,
      connections: [makeConnection('postscript'), makeConnection('smartrr'), makeConnection('inbox')],
      needsPerson: { deliveries: unknown + failed, replies },
      storage: { state: 'sound', message: null },
      ...status,
    },
    overview: { unknown, failed, missed },
  };
}
