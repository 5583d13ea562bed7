/** The chapters of docs/guide.md, in its order, by their anchors. A test holds the two against each other. */
export const guideChapters = [
  'what-heads-up-does',
  'practise-first',
  'connect-your-shop',
  'set-up-an-automation-in-postscript',
  'write-the-texts',
  'test-a-trigger',
  'see-what-is-coming',
  'go-live',
  'read-the-log',
  'when-something-waits-for-you',
  'while-you-do-other-things',
  'closing-quitting-sleeping',
  'skip-and-the-inbox',
  'why-a-customer-got-nothing',
  'backup-restore-move',
  'updates',
  'privacy',
  'keys-on-the-keyboard',
] as const;

export type GuideChapter = (typeof guideChapters)[number];
