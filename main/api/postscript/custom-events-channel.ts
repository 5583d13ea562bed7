import type { EventProperties, RequestPreview, TriggerChannel, TriggerEvent } from '../../../shared/domain/remote.ts';
import type { Http } from '../http-types.ts';
import { toErrorOutcome, toSendOutcome } from './send-outcome.ts';

const path = '/api/v2/events';

/**
 * Hands triggers over as v2 custom events (postscript-api.md 2.1 to 2.3).
 *
 * An event without phone and e-mail texts nobody; Postscript records its definition, which is how a trigger is shown to
 * a merchant before real traffic. Matching happens after the answer, so `accepted` never means that somebody was texted.
 */
export function createCustomEventsChannel(http: Http): TriggerChannel {
  return {
    preview: (event): RequestPreview => ({ method: 'POST', path, body: toBody(event) }),
    send: async (event) => {
      // Postscript's alphabet for `type`; asking it about anything else would only cost a request of the shared rate.
      if (!/^[A-Za-z0-9_]+$/.test(event.eventType))
        return toErrorOutcome('rejected', 'The event type may hold only letters, digits and underscores.');
      return toSendOutcome(await http.request({ method: 'POST', path, body: toBody(event) }));
    },
  };
}

function toBody(event: TriggerEvent): Record<string, unknown> {
  return {
    type: event.eventType,
    ...(event.phone === null ? {} : { phone: event.phone }),
    ...(event.email === null ? {} : { email: event.email }),
    ...(Number.isNaN(new Date(event.occurredAt).getTime()) ? {} : { occurred_at: toOccurredAt(event.occurredAt) }),
    external_id: event.externalId,
    properties: toScalars(event.properties),
  };
}

/** `%Y-%m-%d %H:%M:%S.%f` in UTC: six digits of a second, no zone. */
function toOccurredAt(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '000');
}

/** What arrays and objects do is UNKNOWN; the type forbids them, and properties read back from a database may not know. */
export function toScalars(properties: EventProperties): EventProperties {
  const entries = Object.entries(properties).filter(([, value]) =>
    typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' || typeof value === 'boolean',
  );
  return Object.fromEntries(entries);
}
