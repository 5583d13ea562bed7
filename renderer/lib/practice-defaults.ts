/** A shop small enough to look at and large enough to have something happen every day. */
export const practiceDefaults = { customers: 40, seed: 1 } as const;
