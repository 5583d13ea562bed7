import { z } from 'zod';
import type { RemoteError, RemoteErrorKind, RemoteResult, SendOutcome } from '../../../shared/domain/remote.ts';
import { cutText } from '../errors.ts';
import type { HttpAnswer } from '../http-types.ts';
import { lenientId } from '../lenient.ts';
import { toRemoteError } from '../remote-answers.ts';

const keptBody = 2000;

/** `event_ids` when it is a list, else `id`, else nothing (postscript-api.md 10, rule 2). */
const idsSchema = z.object({
  event_ids: z.array(z.unknown()).nullish().catch(null),
  id: z.unknown().optional(),
});

/** What came of handing a trigger over. Any 2xx is accepted; 409 is Postscript's word that it has this one already. */
export function toSendOutcome(answer: RemoteResult<HttpAnswer>): SendOutcome {
  if (answer.ok) {
    const { status, json, text } = answer.value;
    return { kind: 'accepted', status, eventId: findEventId(json), body: text === '' ? null : cutText(text, keptBody) };
  }
  if (answer.error.status === 409) return { kind: 'already_there', status: 409, body: answer.error.body };
  return { kind: 'error', error: answer.error };
}

export function toErrorOutcome(kind: RemoteErrorKind, message: string): SendOutcome {
  return failed(toRemoteError(kind, message));
}

export function failed(error: RemoteError): SendOutcome {
  return { kind: 'error', error };
}

function findEventId(json: unknown): string | null {
  const ids = idsSchema.safeParse(json);
  if (!ids.success) return null;
  const id = lenientId.safeParse(ids.data.event_ids?.[0] ?? ids.data.id);
  return id.success ? id.data : null;
}
