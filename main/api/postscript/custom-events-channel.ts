import type { TriggerChannel } from '../../../shared/domain/remote.ts';
import type { Http } from '../http-types.ts';

export function createCustomEventsChannel(_http: Http): TriggerChannel {
  throw new Error('Not built yet');
}
