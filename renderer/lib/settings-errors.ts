// Must stay the first import: see there.
import './zod-without-eval.ts';
import { shopSettingsSchema, type ShopSettings } from '../../shared/domain/settings.ts';

/** What forms edit. The two switches have their own places, because they act at once. */
export type SettingsValues = Omit<ShopSettings, 'sendingOn' | 'enabledTriggers'>;

const schema = shopSettingsSchema.omit({ sendingOn: true, enabledTriggers: true }).partial();

type Issue = NonNullable<ReturnType<typeof schema.safeParse>['error']>['issues'][number];

/** The contract's own schema decides; only its words for numbers are made plainer. */
export function settingsErrors(values: Partial<SettingsValues>): Record<string, string> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return {};
  return Object.fromEntries(parsed.error.issues.map((issue) => [pathOf(issue), sentenceOf(issue)]));
}

function pathOf({ path }: Issue): string {
  const name = path.join('.');
  // The window's own rule is about both ends; it is shown where it can be put right.
  return name === 'window' ? 'window.closes' : name;
}

function sentenceOf(issue: Issue): string {
  if (issue.path[0] === 'accountPageLink') return 'Use an address that starts with https://';
  if (issue.code === 'invalid_type') return issue.expected === 'int' ? 'Use a whole number' : 'Type a number';
  const unit = 'origin' in issue && issue.origin === 'string' ? ' characters' : '';
  if (issue.code === 'too_small') return `Use at least ${issue.minimum}${unit}`;
  if (issue.code === 'too_big') return `Use at most ${issue.maximum}${unit}`;
  return issue.message;
}
