import { describe, expect, it } from 'vitest';
import { canBeAnotherUser } from '../../helpers/another-user.ts';
import { describeWithChromium } from '../../helpers/chromium.ts';
import type { PartReport } from '../part.ts';
import { forgeWebhooks } from './forged.ts';
import { attackAsAnotherUser } from './other-user.ts';
import { attackFromPages } from './pages.ts';

const textOf = ({ findings }: PartReport): string => findings.map(({ what }) => what).join('\n');

describe('the inbox', () => {
  it('keeps nothing that is forged, tells nobody anything, and goes on taking what is honest', async () => {
    expect(textOf(await forgeWebhooks(100))).toBe('');
  });

  it('would be found out if it let everybody in', async () => {
    const found = textOf(await forgeWebhooks(100, 'open_door'));
    for (const what of ['no secret: was answered 200', 'the texts, with "": was answered 200', 'texts are stored'])
      expect(found).toContain(what);
  });
});

if (!canBeAnotherUser) console.log('Skipped: another user of this computer. Only root on Linux can start one.');

describe.skipIf(!canBeAnotherUser)('another user of the computer', () => {
  it('reads and writes no file of the shop, learns no secret of its process, and is not answered at its port', async () => {
    expect(textOf(await attackAsAnotherUser())).toBe('');
  });

  it('would be found out if a file were everybody’s', async () => {
    expect(textOf(await attackAsAnotherUser('config.json'))).toMatch(/^Another user may read \S+config\.json\.$/);
  });
});

describeWithChromium('a hostile page in the same browser', () => {
  it('reads nothing, changes nothing, frames nothing, and the cookie that it steals is of no use', async () => {
    expect(textOf(await attackFromPages())).toBe('');
  });

  it('would be found out if the console asked nobody who he is', async () => {
    const found = textOf(await attackFromPages('open_door'));
    for (const what of [
      /call, as plain text, from http:\/\/127.*Taken over/,
      /call, as plain text, from a sandbox in http:\/\/hostile\.localhost.*Taken over/,
      /form, text\/plain, from http:\/\/rebound\.example.*Taken over/,
      /EventSource, from http:\/\/hostile/,
      /import of a module, from http:\/\/127.*RAN/,
      /A frame shows the console, from http:\/\/hostile/,
      /A stolen cookie opens a call: 200/,
      /The shop was changed/,
    ])
      expect(found).toMatch(what);
  });
});
