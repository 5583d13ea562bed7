import type { Part, PartReport } from '../part.ts';
import { forgeWebhooks } from './forged.ts';
import { attackAsAnotherUser } from './other-user.ts';
import { attackFromPages } from './pages.ts';

type Size = 'forged-per-second';

/** What was skipped says so on its own, beside what was not. */
function join(reports: Readonly<Record<string, PartReport>>): PartReport {
  const skipped = Object.entries(reports).flatMap(([name, report]) =>
    report.skipped === null ? [] : [{ name: `not tried: ${name}`, value: report.skipped }],
  );
  const all = Object.values(reports);
  return {
    figures: [...all.flatMap(({ figures }) => figures), ...skipped],
    findings: all.flatMap(({ findings }) => findings),
    skipped: skipped.length === all.length ? 'Nothing of it can be tried here.' : null,
  };
}

export const neighbours: Part<Size> = {
  name: 'neighbours',
  title:
    'hostile pages in the same browser, another user of the computer, forged webhooks: nothing read, nothing changed',
  sizes: { 'forged-per-second': 1000 },
  run: async ({ sizes, say }) => {
    say('Forged webhooks');
    const forged = await forgeWebhooks(sizes['forged-per-second']);
    say('Another user of this computer');
    const otherUser = await attackAsAnotherUser();
    say('Hostile pages in the same browser');
    const pages = await attackFromPages();
    return join({ 'forged webhooks': forged, 'another user': otherUser, 'hostile pages': pages });
  },
};
