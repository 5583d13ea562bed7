const numbers = new Intl.NumberFormat('en-US');

/** "1 notice", "2,400 notices". */
export function formatCount(value: number, one: string, many = `${one}s`): string {
  return `${numbers.format(value)} ${value === 1 ? one : many}`;
}

/** What switching sending on sets free: "12 notices are due now and would go out first." */
export function describeDueNotices(notices: number): string {
  if (notices === 0) return 'No notice is due now.';
  return `${formatCount(notices, 'notice is', 'notices are')} due now and would go out first.`;
}
