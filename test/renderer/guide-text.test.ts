import { expect, it } from 'vitest';
import { anchorOf, readGuide } from '../../renderer/features/guide/guide-text.ts';

it('takes a page apart at its chapters, and leaves deeper headings and examples in them', () => {
  const markdown = '# Title\n\nOpening.\n\n## First one\n\n### Part\n\nText\n\n## Second, with (marks)!\n\nEnd\n';
  expect(readGuide(markdown)).toEqual({
    introduction: 'Opening.',
    chapters: [
      { anchor: 'first-one', title: 'First one', body: '### Part\n\nText' },
      { anchor: 'second-with-marks', title: 'Second, with (marks)!', body: 'End' },
    ],
  });
});

it('makes the anchors that GitHub makes', () => {
  expect(anchorOf('Backup, restore, move')).toBe('backup-restore-move');
  expect(anchorOf('What it means & why')).toBe('what-it-means--why');
});
