import type { PracticeShop } from '../../../main/practice/practice-shop-types.ts';

/** What crosses between the soak and the process of its engine. */

/** What the engine's process holds at rest, at one instant. */
export type Sample = Readonly<{
  /** Simulated hours since the start. */
  hour: number;
  /** Resident memory as it stands, MB. */
  rssMb: number;
  /** What is left of the heap and of buffers when the garbage is gone, MB. */
  keptMb: number;
  /** Open timers, sockets and the like, by Node's own count. */
  handles: number;
  /** Open file descriptors; null where the system does not tell. */
  descriptors: number | null;
  walMb: number;
  databaseMb: number;
}>;

/** For the control: the engine's process keeps a little of everything that it should let go. */
export type SoakStart = Readonly<{
  dataFolder: string;
  startAt: number;
  urls: PracticeShop['urls'];
  credentials: PracticeShop['credentials'];
  isLeaking: boolean;
}>;

export type ToSoak =
  | Readonly<{ kind: 'start'; start: SoakStart }>
  /** The clock goes on to that instant, and everything looks at what is due. */
  | Readonly<{ kind: 'tick'; at: number }>
  | Readonly<{ kind: 'sample' }>
  | Readonly<{ kind: 'stop' }>;

export type FromSoak =
  | Readonly<{ kind: 'started' | 'stopped' }>
  /** Where the engine's clock stands: waiting for the rate limits takes time. */
  | Readonly<{ kind: 'ticked'; now: number; walMb: number }>
  | Readonly<{ kind: 'sampled'; sample: Sample; problems: readonly string[] }>
  | Readonly<{ kind: 'failed'; message: string }>;
