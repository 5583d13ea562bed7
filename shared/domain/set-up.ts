/** How far a trigger's automation is. Postscript cannot be asked, so most of it is what the merchant confirmed. */

/** What the merchant said, when, and of which copy. Instants are epoch ms. */
export type SetUpConfirmations = Readonly<{
  automationMadeAt: number | null;
  /** Copied, not yet pasted. */
  copiedAt: number | null;
  copiedCopy: string | null;
  pastedAt: number | null;
  /** The copy as it went into Postscript's automation. */
  pastedCopy: string | null;
  activatedAt: number | null;
}>;

/** What only the merchant can tell. */
export const confirmableSteps = ['automation', 'copy', 'active'] as const;
export type ConfirmableStep = (typeof confirmableSteps)[number];

export const setUpStates = [
  /** Postscript has taken no event of this type, so that nobody can choose it there. */
  'not_started',
  'copy_not_confirmed',
  /** The copy was changed after it was pasted. */
  'copy_differs',
  'toggle_not_confirmed',
  /** Everything is confirmed; nothing real has been accepted yet. */
  'waiting_for_first_event',
  'active',
  'paused',
  /** Postscript refused the newest real delivery. */
  'failing',
] as const;
export type SetUpState = (typeof setUpStates)[number];

/** The one thing to do next; null when there is nothing. */
export const nextSteps = [
  'connect',
  'register',
  'make_automation',
  'mend_copy',
  'paste_copy',
  'confirm_paste',
  'switch_automation_on',
  'send_test',
  'switch_on',
  'see_refusal',
] as const;
export type NextStep = (typeof nextSteps)[number];

export type SetUpFacts = Readonly<{
  isConnected: boolean;
  isEnabled: boolean;
  /** Registered, or an event of this type was accepted at some time, a test too. */
  isKnownToPostscript: boolean;
  confirmations: SetUpConfirmations;
  copy: string;
  /** The copy has no problem that would reach customers. */
  isCopyReady: boolean;
  lastAcceptedAt: number | null;
  lastRefusedAt: number | null;
}>;

export type SetUp = Readonly<{ state: SetUpState; nextStep: NextStep | null }>;

/** Where a trigger stands, and what to do next. What a merchant switched off is paused, whatever else is true. */
export function deriveSetUp(facts: SetUpFacts): SetUp {
  const { confirmations, copy, isCopyReady, lastAcceptedAt, lastRefusedAt } = facts;
  if (!facts.isEnabled) return { state: 'paused', nextStep: 'switch_on' };
  if (lastRefusedAt !== null && lastRefusedAt > (lastAcceptedAt ?? -Infinity)) {
    return { state: 'failing', nextStep: 'see_refusal' };
  }
  if (!facts.isKnownToPostscript) {
    return { state: 'not_started', nextStep: facts.isConnected ? 'register' : 'connect' };
  }
  if (confirmations.automationMadeAt === null) return { state: 'copy_not_confirmed', nextStep: 'make_automation' };
  if (confirmations.pastedCopy !== copy) {
    const isCopied = confirmations.copiedCopy === copy;
    return {
      state: confirmations.pastedCopy === null ? 'copy_not_confirmed' : 'copy_differs',
      nextStep: isCopyReady ? (isCopied ? 'confirm_paste' : 'paste_copy') : 'mend_copy',
    };
  }
  if (confirmations.activatedAt === null) return { state: 'toggle_not_confirmed', nextStep: 'switch_automation_on' };
  if (lastAcceptedAt === null) return { state: 'waiting_for_first_event', nextStep: 'send_test' };
  return { state: 'active', nextStep: null };
}
