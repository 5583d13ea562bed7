/** The steps of the first run, in their order. */
export const firstRunSteps = ['welcome', 'postscript', 'smartrr', 'timing', 'sync', 'forecast', 'sending'] as const;
export type FirstRunStep = (typeof firstRunSteps)[number];

/** Only a connection can pass these two: without them there is nothing to set up. */
export const connectingSteps = ['postscript', 'smartrr'] as const satisfies readonly FirstRunStep[];

/** The steps that a person may confirm or leave for later. */
export const confirmableSteps = [
  'welcome',
  'timing',
  'sync',
  'forecast',
  'sending',
] as const satisfies readonly FirstRunStep[];
