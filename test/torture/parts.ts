import { clockPart } from './clock/clock-part.ts';
import { fuzz } from './fuzz/fuzz.ts';
import { killPart } from './kill/kill-part.ts';
import { pointsPart } from './kill/points-part.ts';
import { inboxLoad } from './neighbours/inbox-load.ts';
import { neighbours } from './neighbours/neighbours.ts';
import { outagesPart } from './outages/outages-part.ts';
import type { Part } from './part.ts';
import { io } from './power/io.ts';
import { power } from './power/power.ts';
import { soakPart } from './soak/soak-part.ts';
import { twins } from './twins/twins.ts';

/** In the order in which they run. */
export const parts: readonly Part[] = [
  killPart,
  pointsPart,
  neighbours,
  inboxLoad,
  power,
  io,
  clockPart,
  soakPart,
  outagesPart,
  fuzz,
  twins,
];
