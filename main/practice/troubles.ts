import type { PracticeTrouble } from '../../shared/ipc/practice-contract.ts';
import type { ForcedFault } from './faults.ts';

/** What a person can break in the practice shop, as the fault that the simulators play until it is mended. */
export const troubleFaults: Readonly<Record<PracticeTrouble, ForcedFault | null>> = {
  none: null,
  // Applied, then cut off: the phone gets the text and nobody tells us, which is what "unknown" is for.
  postscript_silent: { kind: 'reset_after', service: 'postscript', method: 'POST', pathIncludes: '/events' },
  postscript_refuses: { kind: 'rejected', service: 'postscript', method: 'POST', pathIncludes: '/events' },
  // Without a time: the simulators would name seconds, and a practice day holds too many of them.
  postscript_waits: { kind: 'rate_limited_bare', service: 'postscript', method: 'POST', pathIncludes: '/events' },
  smartrr_down: { kind: 'error_before', service: 'smartrr', method: null, pathIncludes: '' },
};
