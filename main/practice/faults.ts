import { createRandom } from './random.ts';

/** What can go wrong with one request. `before` and `after` say whether the request was applied. */
export const faultKinds = [
  /** 429 with Retry-After. */
  'rate_limited',
  /** 429 that does not say when to come back. */
  'rate_limited_bare',
  /** 400 with the service's own body, nothing applied. */
  'rejected',
  /** 500 with an HTML body, nothing applied. */
  'error_before',
  /** 500 with an HTML body, although it was applied. */
  'error_after',
  /** The answer is held, then the connection is dropped. */
  'timeout_before',
  'timeout_after',
  'reset_before',
  'reset_after',
  'slow',
  /** Applied, then answered 200 with a web page, as a firewall or a log-in page does. */
  'web_page',
  /** Applied, then answered with half of the JSON. */
  'truncated',
  /** Applied, then answered with JSON that is not what was promised. */
  'wrong_shape',
  /** Applied; the answer comes a few bytes at a time. */
  'slow_drip',
  /** 429 with a Retry-After that names no time. */
  'rate_limited_wrong',
  /** A list page repeats rows of the page before. */
  'duplicated_rows',
  /** A list page starts some rows too late or too early, as when rows appear or vanish during a walk. */
  'shifted_page',
  /** Some rows lack a field or their phones. */
  'missing_fields',
  /** After this write, reads show the state before it for a while. */
  'stale_read',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export const faultLevels = ['none', 'mixed', 'rough'] as const;
/** `rough`: many times as many as `mixed`, and answers that are no answers among them. */
export type FaultLevel = (typeof faultLevels)[number];

export const services = ['smartrr', 'postscript', 'inbox'] as const;
export type Service = (typeof services)[number];

/** One fault for requests that fit. Plain data, so that it crosses a process border. */
export type ForcedFault = Readonly<{
  kind: FaultKind;
  service: Service;
  /** Null fits any method. */
  method: string | null;
  pathIncludes: string;
}>;

/** Chooses the faults of a practice shop. */
export type FaultPlan = Readonly<{
  /** The fault of this request, if any. */
  choose: (service: Service, method: string, path: string) => FaultKind | null;
  /** Played on the next request that fits, and on that one only. */
  force: (fault: ForcedFault) => void;
  /** Played on every request that fits, until another or null takes its place. */
  keep: (fault: ForcedFault | null) => void;
  setLevel: (level: FaultLevel) => void;
}>;

type Weights = readonly (readonly [FaultKind, number])[];

/** Per thousand requests. Holding an answer costs real time, so timeouts are the rarest. */
const mixedRequest: Weights = [
  ['rate_limited', 8],
  ['rate_limited_bare', 6],
  ['error_before', 5],
  ['error_after', 3],
  ['timeout_before', 2],
  ['timeout_after', 3],
  ['reset_before', 4],
  ['reset_after', 6],
  ['slow', 6],
];

/** Per thousand requests: what a bad day looks like, with half of it unclear. */
const roughRequest: Weights = [
  ['rate_limited', 10],
  ['rate_limited_bare', 25],
  ['rate_limited_wrong', 15],
  ['error_before', 15],
  ['error_after', 15],
  ['timeout_before', 12],
  ['timeout_after', 12],
  ['reset_before', 10],
  ['reset_after', 25],
  ['web_page', 10],
  ['truncated', 10],
  ['wrong_shape', 10],
  ['slow_drip', 10],
  ['slow', 10],
];

const platformRead: Weights = [
  ['duplicated_rows', 6],
  ['shifted_page', 6],
  ['missing_fields', 4],
];

const platformWrite: Weights = [['stale_read', 60]];

/** A schedule of faults from its own stream of chance: it depends on the requests, and never changes the world. */
export function createFaultPlan(seed: number, firstLevel: FaultLevel): FaultPlan {
  const forced: ForcedFault[] = [];
  const streams = new Map<Service, ReturnType<typeof createRandom>>();
  let level = firstLevel;
  let kept: ForcedFault | null = null;

  function findForced(service: Service, method: string, path: string): FaultKind | null {
    const fits = (fault: ForcedFault): boolean =>
      fault.service === service && (fault.method ?? method) === method && path.includes(fault.pathIncludes);
    const place = forced.findIndex(fits);
    if (place >= 0) return forced.splice(place, 1)[0]?.kind ?? null;
    return kept !== null && fits(kept) ? kept.kind : null;
  }

  function draw(service: Service, method: string, anyRequest: Weights): FaultKind | null {
    let stream = streams.get(service);
    if (stream === undefined) {
      stream = createRandom(seed, 'faults', service);
      streams.set(service, stream);
    }
    let chance = stream.next() * 1000;
    for (const [kind, weight] of weightsOf(service, method, anyRequest)) {
      chance -= weight;
      if (chance < 0) return kind;
    }
    return null;
  }

  return {
    choose: (service, method, path) =>
      findForced(service, method, path) ??
      (level === 'none' ? null : draw(service, method, level === 'mixed' ? mixedRequest : roughRequest)),
    force: (fault) => void forced.push(fault),
    keep: (fault) => {
      kept = fault;
    },
    setLevel: (next) => {
      level = next;
    },
  };
}

function weightsOf(service: Service, method: string, anyRequest: Weights): Weights {
  if (service !== 'smartrr') return anyRequest;
  return [...anyRequest, ...(method === 'GET' ? platformRead : platformWrite)];
}
