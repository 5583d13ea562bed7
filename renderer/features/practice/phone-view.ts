/** What the practice panel shows. Held by the shell, because the bar and the tour open it as well. */
export type PhoneView = Readonly<{
  isOpen: boolean;
  tab: 'phones' | 'platform';
  /** Whose phone; null for the list. */
  customerId: string | null;
}>;

export const closedPhones: PhoneView = { isOpen: false, tab: 'phones', customerId: null };
