import type { TriggerChannel } from '../../../shared/domain/remote.ts';
import type { Http } from '../http-types.ts';

/** A send without phone and e-mail only makes sure that the trigger is there. */
export function createLegacyTriggersChannel(_http: Http): TriggerChannel {
  throw new Error('Not built yet');
}
