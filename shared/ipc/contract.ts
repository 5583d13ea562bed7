import type { z } from 'zod';
import type { Result } from '../result.ts';
import type { Channel } from './channels.ts';
import type { ChannelsOf, ContractPart } from './contract-part.ts';
import { backupsContract } from './backups-contract.ts';
import { computerContract } from './computer-contract.ts';
import { connectionsContract } from './connections-contract.ts';
import { customersContract } from './customers-contract.ts';
import { deliveriesContract } from './deliveries-contract.ts';
import { diagnosticsContract } from './diagnostics-contract.ts';
import { practiceContract } from './practice-contract.ts';
import { privacyContract } from './privacy-contract.ts';
import { repliesContract } from './replies-contract.ts';
import { settingsContract } from './settings-contract.ts';
import { setupContract } from './setup-contract.ts';
import { statusContract } from './status-contract.ts';
import { templatesContract } from './templates-contract.ts';
import { triggersContract } from './triggers-contract.ts';
import { upcomingContract } from './upcoming-contract.ts';

/** The whole surface between a host's window and the engine. A channel that is not listed here does not exist. */
export const contract = {
  ...statusContract,
  ...upcomingContract,
  ...triggersContract,
  ...templatesContract,
  ...deliveriesContract,
  ...repliesContract,
  ...customersContract,
  ...settingsContract,
  ...connectionsContract,
  ...computerContract,
  ...setupContract,
  ...backupsContract,
  ...diagnosticsContract,
  ...privacyContract,
  ...practiceContract,
} as const satisfies ContractPart<Channel>;

export type Input<C extends Channel> = z.infer<(typeof contract)[C]['input']>;
export type Output<C extends Channel> = z.infer<(typeof contract)[C]['output']>;

/** Everything a window may ask for, and what a test may fake. A missing channel does not compile. */
export type Handlers = {
  readonly [C in Channel]: (input: Input<C>) => Result<Output<C>> | Promise<Result<Output<C>>>;
};

/** What the host answers itself. */
export type ComputerHandlers = Pick<Handlers, ChannelsOf<'computer'>>;

/** What the engine must implement. */
export type EngineChannel = Exclude<Channel, ChannelsOf<'computer'>>;
export type EngineHandlers = Pick<Handlers, EngineChannel>;
