import type { AttemptView } from '../../../shared/ipc/schemas.ts';

/** What a person can do about an attempt that did not go well; null when there is nothing to do. */
export function adviseOn({ outcome, httpStatus }: Pick<AttemptView, 'outcome' | 'httpStatus'>): string | null {
  switch (outcome) {
    case 'accepted':
    case 'already_there':
    case 'in_flight':
      return null;
    case 'rate_limited':
      return 'Nothing to do: other tools of this account were sending as well. A lower rate in Settings leaves them room.';
    case 'not_sent':
      return 'Nothing reached Postscript. Check this computer’s connection to the internet; it is tried again by itself.';
    case 'key_refused':
      return 'Paste a working private key in Settings; what is in line goes out then.';
    case 'plan_refused':
      return 'Ask your Postscript representative whether your plan has API access, then release the line.';
    case 'rejected':
      return adviseOnRefusal(httpStatus);
    case 'unknown':
      return httpStatus === null
        ? 'Look for this customer in Postscript: the text may be there although no answer came.'
        : 'Postscript had trouble of its own. Look there whether the text went out before sending it again.';
  }
}

function adviseOnRefusal(httpStatus: number | null): string {
  if (httpStatus === 404) return 'Postscript knows no such address: see in Settings which channel is used.';
  if (httpStatus === 400 || httpStatus === 422) {
    return 'Put right what Postscript names above, the phone number for example, with the platform; then send it again.';
  }
  return 'What Postscript named is above. Put that right first, then send it again.';
}
