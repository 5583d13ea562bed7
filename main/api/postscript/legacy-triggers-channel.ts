import { z } from 'zod';
import type {
  RemoteError,
  RemoteResult,
  SendOutcome,
  TriggerChannel,
  TriggerEvent,
} from '../../../shared/domain/remote.ts';
import { tagNames, tags } from '../../../shared/domain/triggers.ts';
import type { Http } from '../http-types.ts';
import { lenientBoolean, lenientId, lenientText } from '../lenient.ts';
import { badAnswer, toRemoteError } from '../remote-answers.ts';
import { toScalars } from './custom-events-channel.ts';
import { failed, toSendOutcome } from './send-outcome.ts';

export type LegacyTriggersOptions = Readonly<{
  /**
   * Where the tag values go in the body that fires a trigger. UNKNOWN: Postscript's page shows a flat object of tag
   * values, but not whether it is the whole body or sits under a name.
   */
  tagValues?: 'under_tags' | 'whole_body';
}>;

const listSchema = z.array(z.unknown());

const triggerSchema = z.object({ id: lenientId, name: lenientText });

const subscriberSchema = z.object({
  id: lenientId,
  phone_number: lenientText,
  email: lenientText,
  is_pending: lenientBoolean,
});

type LookUpField = 'phone_number' | 'email';

/**
 * Hands triggers over as v1 triggers, which Legacy Automations start from (postscript-api.md 2.5).
 *
 * A v1 fire needs ids: the trigger is looked up by its name and made when it is not there, then the subscriber is
 * looked up by number or e-mail, then the trigger is fired for that subscriber. Whatever fails before the fire texted
 * nobody, so it is told as `not_sent` even where Postscript's answer was unclear.
 *
 * A send without phone and e-mail ends after the first step: that registers the trigger.
 */
export function createLegacyTriggersChannel(http: Http, options: LegacyTriggersOptions = {}): TriggerChannel {
  const { tagValues = 'under_tags' } = options;
  /** One look-up per name, shared by sends that run at once: two of them must not both create the trigger. */
  const triggerIds = new Map<string, Promise<RemoteResult<string>>>();

  const findOrCreateTrigger = async (event: TriggerEvent): Promise<RemoteResult<string>> => {
    const answer = await http.request({ method: 'GET', path: '/v1/triggers' });
    if (!answer.ok) return answer;
    const list = toEntries(answer.value.json, 'triggers');
    if (list === null) return badAnswer(answer.value, 'Postscript answered, but not with a list of triggers.');
    const known = list.flatMap((entry) => triggerSchema.safeParse(entry).data ?? []);
    const found = known.find(({ name }) => name === event.legacyName);
    if (found !== undefined) return { ok: true, value: found.id };
    const body = { name: event.legacyName, tags: toTagList(event) };
    const created = await http.request({ method: 'POST', path: '/v1/triggers', body });
    if (!created.ok) return created;
    const trigger = triggerSchema.safeParse(toEntries(created.value.json, 'trigger')?.[0]);
    if (trigger.success) return { ok: true, value: trigger.data.id };
    return badAnswer(created.value, 'Postscript answered, but not with the new trigger.');
  };

  const triggerId = async (event: TriggerEvent): Promise<RemoteResult<string>> => {
    const pending = triggerIds.get(event.legacyName) ?? findOrCreateTrigger(event);
    triggerIds.set(event.legacyName, pending);
    const result = await pending;
    if (!result.ok) triggerIds.delete(event.legacyName);
    return result;
  };

  const findSubscriber = async (field: LookUpField, value: string): Promise<RemoteResult<string | null>> => {
    const answer = await http.request({ method: 'GET', path: '/v1/subscribers', query: [[field, value]] });
    if (!answer.ok) return answer.error.kind === 'not_found' ? { ok: true, value: null } : answer;
    const list = toEntries(answer.value.json, 'subscribers') ?? [];
    const subscribers = list.flatMap((entry) => subscriberSchema.safeParse(entry).data ?? []);
    // An answer that ignored the question must not make us text a stranger.
    const asked = subscribers.filter((one) => isAskedFor(one[field], field, value) ?? subscribers.length === 1);
    // Somebody who has not confirmed the number yet cannot be texted.
    const found = asked.find((one) => one.is_pending !== true);
    return { ok: true, value: found?.id ?? null };
  };

  const findRecipient = async ({ phone, email }: TriggerEvent): Promise<RemoteResult<string | null>> => {
    const digits = phone?.replace(/\D/g, '') ?? '';
    const asks: [field: LookUpField, value: string][] = [];
    if (digits !== '') asks.push(['phone_number', digits], ['phone_number', `+${digits}`]);
    if (email !== null && email !== '') asks.push(['email', email]);
    for (const [field, value] of asks) {
      const found = await findSubscriber(field, value);
      if (!found.ok || found.value !== null) return found;
    }
    return { ok: true, value: null };
  };

  const toFireBody = (event: TriggerEvent): unknown => {
    const values = toScalars(event.properties);
    return tagValues === 'under_tags' ? { tags: values } : values;
  };

  return {
    preview: (event) => ({
      method: 'POST',
      path: '/v1/triggers/{trigger id}/subscribers/{subscriber id}',
      body: toFireBody(event),
    }),
    send: async (event): Promise<SendOutcome> => {
      const trigger = await triggerId(event);
      if (!trigger.ok) return failed(beforeFire(trigger.error));
      if (event.phone === null && event.email === null)
        return { kind: 'accepted', status: 200, eventId: trigger.value, body: null };
      const recipient = await findRecipient(event);
      if (!recipient.ok) return failed(beforeFire(recipient.error));
      if (recipient.value === null)
        return failed(toRemoteError('not_found', 'Postscript has no confirmed subscriber with this number or e-mail.'));
      const path = `/v1/triggers/${encodeURIComponent(trigger.value)}/subscribers/${encodeURIComponent(recipient.value)}`;
      const answer = await http.request({ method: 'POST', path, body: toFireBody(event) });
      // The trigger may have been deleted in Postscript: the next send looks it up again.
      if (!answer.ok && answer.error.kind === 'not_found') triggerIds.delete(event.legacyName);
      // A 409 is no word about our external_id here: v1 knows none.
      return answer.ok ? toSendOutcome(answer) : failed(answer.error);
    },
  };
}

/** Nothing was fired yet, so an unclear answer is certain not to have texted anyone. */
function beforeFire(error: RemoteError): RemoteError {
  const isUnclear = error.kind === 'no_answer' || error.kind === 'server_error' || error.kind === 'bad_answer';
  return isUnclear ? { ...error, kind: 'not_sent' } : error;
}

/** A list, a list under its name, one object under its name, or one object: v1's answers are not documented. */
function toEntries(json: unknown, name: string): readonly unknown[] | null {
  const list = listSchema.safeParse(json);
  if (list.success) return list.data;
  const body = z.record(z.string(), z.unknown()).safeParse(json);
  if (!body.success) return null;
  const inner = body.data[name] ?? body.data[name.replace(/s$/, '')] ?? body.data['data'];
  if (inner !== undefined && inner !== null) return listSchema.safeParse(inner).data ?? [inner];
  return 'id' in body.data ? [body.data] : null;
}

/** Null when the answer does not say whose entry it is. */
function isAskedFor(given: string | null, field: LookUpField, asked: string): boolean | null {
  if (given === null) return null;
  const digits = (text: string): string => text.replace(/\D/g, '');
  return field === 'email' ? given.toLowerCase() === asked.toLowerCase() : digits(given) === digits(asked);
}

/** The merge tags that a merchant is offered, with the catalogue's labels (v1 keeps snake_case names). */
function toTagList(event: TriggerEvent): { label: string; value: string }[] {
  return tagNames
    .filter((name) => name in event.properties)
    .map((name) => ({ label: tags[name].label, value: `{${name}}` }));
}
