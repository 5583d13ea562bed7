import type { WebFrameMain } from 'electron';
import { emitterNamed } from './refuse-missing.ts';

type Known = Pick<WebFrameMain, 'url' | 'routingId'>;

/** One frame of a page; the same object for as long as the frame lives. */
export class StandInFrame extends emitterNamed('WebFrameMain') implements Known {
  url = '';
  readonly routingId: number;
  readonly parent: StandInFrame | null;

  constructor(routingId: number, parent: StandInFrame | null) {
    super();
    this.routingId = routingId;
    this.parent = parent;
  }
}
