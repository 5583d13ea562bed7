/** As Postscript posts an incoming text (its reference, 4.3); plain enough for a process that loads nothing else. */
export function makeWebhook(data: Readonly<Record<string, unknown>>) {
  return {
    resource_type: 'shop',
    event: 'shop.incoming_message',
    event_data: { is_opt_out: false, from_number: '+15555555555', body: 'SKIP', ...data },
  };
}

export const signatureToken = 'not-a-real-signature';
export const webhookSecret = 'not-a-real-webhook-secret';
export const readToken = 'not-a-real-read-token';
export const signed = { 'Postscript-Signature': signatureToken, 'X-Heads-Up-Secret': webhookSecret };
