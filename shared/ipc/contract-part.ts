import type { z } from 'zod';
import type { Channel } from './channels.ts';

/** The channels of some features: those whose names begin with them. */
export type ChannelsOf<Feature extends string> = Extract<Channel, `${Feature}.${string}`>;

/** Input and output of these channels, each exactly once. */
export type ContractPart<Name extends Channel> = Readonly<
  Record<Name, Readonly<{ input: z.ZodType; output: z.ZodType }>>
>;
