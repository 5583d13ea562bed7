/** How the console proves the way of a text, from Postscript's webhook to this computer. */
export const inboxTestKinds = ['sample', 'text'] as const;
export type InboxTestKind = (typeof inboxTestKinds)[number];

/** The parts of that way, in their order; each kind of test has some of them. */
export const inboxHops = ['inbox_answers', 'webhook_known', 'sample_taken', 'sample_read', 'text_read'] as const;
export type InboxHop = (typeof inboxHops)[number];

/** As long as it takes to find a phone, type a text and send it. */
export const TEXT_PATIENCE_MS = 5 * 60_000;
