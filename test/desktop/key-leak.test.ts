import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Output } from '../../shared/ipc/contract.ts';
import type { Result } from '../../shared/result.ts';
import { describeWithChromium } from '../helpers/chromium.ts';
import { createKeyFinder, makePlantedKey } from '../helpers/planted-keys.ts';
import { openShop } from '../main/practice/open-shop.ts';
import { launchDesktop } from './launch-desktop.ts';
import { openChromium, type OpenChromium } from './open-chromium.ts';
import { startServiceWithKey } from './service-with-keys.ts';

const keys = {
  postscript: makePlantedKey(),
  smartrr: makePlantedKey(),
  inboxToken: makePlantedKey(),
  webhookSecret: makePlantedKey(),
  /** Typed, refused and given up. */
  mistyped: makePlantedKey(),
};
const { findIn, findInFiles } = createKeyFinder(keys);

/** Everything that the page's JavaScript holds on to. */
async function readHeap(cdp: CDPSession): Promise<string> {
  const chunks: string[] = [];
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk));
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  return chunks.join('');
}

function unzip(base64: string): string {
  const files = unzipSync(Buffer.from(base64, 'base64'));
  return Object.entries(files)
    .map(([name, bytes]) => `${name}\n${strFromU8(bytes)}`)
    .join('\n');
}

describeWithChromium('keys that are typed into the console', () => {
  let chromium: OpenChromium;
  beforeAll(async () => {
    chromium = await openChromium();
  });
  afterAll(() => chromium.close());

  it(
    'are nowhere afterwards: no file, no bundle, no message to the page, not in its memory',
    { timeout: 90_000 },
    async () => {
      const { urls, credentials } = await openShop({ startAt: Date.now() });
      const bearer = { header: 'authorization', prefix: 'Bearer ' } as const;
      const postscript = await startServiceWithKey({
        ...bearer,
        target: urls.postscript,
        key: keys.postscript,
        realKey: credentials.postscriptKey,
      });
      const smartrr = await startServiceWithKey({
        header: 'x-smartrr-access-token',
        prefix: '',
        target: urls.smartrr,
        key: keys.smartrr,
        realKey: credentials.smartrrToken,
      });
      const inbox = await startServiceWithKey({
        ...bearer,
        target: urls.inbox,
        key: keys.inboxToken,
        realKey: credentials.inboxToken,
      });
      const desktop = await launchDesktop({
        chromium,
        environment: { HEADS_UP_POSTSCRIPT_URL: postscript.url, HEADS_UP_SMARTRR_URL: smartrr.url },
      });
      try {
        const page = await desktop.page();
        const goTo = (section: string) => page.evaluate(`{ location.hash = '/settings/${section}' }`);
        const save = () => page.getByRole('button', { name: 'Verify and save' }).first().click();

        // Typed into the console's own forms, and kept.
        await goTo('connections');
        await page.getByLabel('Private key').first().fill(keys.postscript);
        await save();
        await page.getByText(`key ending in ${keys.postscript.slice(-4)}`).waitFor();
        await page.getByLabel('API token').first().fill(keys.smartrr);
        await save();
        await page.getByText(`key ending in ${keys.smartrr.slice(-4)}`).waitFor();
        await goTo('replies');
        await page.getByLabel('Address').fill(inbox.url);
        await page.getByLabel('Read token').first().fill(keys.inboxToken);
        await page.getByLabel('Webhook secret').first().fill(keys.webhookSecret);
        await save();
        await page.getByText(`key ending in ${keys.inboxToken.slice(-4)}`).waitFor();

        // Refused by services that repeat what they were shown.
        for (const service of [postscript, smartrr, inbox]) service.setRefusing(true);
        await goTo('connections');
        for (const name of ['Postscript', 'Smartrr', 'Reply inbox']) {
          await page.getByRole('button', { name: `Test the ${name} connection` }).click();
        }
        await expect.poll(() => page.getByText('The test failed').count()).toBe(3);
        await page.getByRole('button', { name: 'Replace the Postscript connection' }).click();
        await page.getByLabel('Private key').first().fill(keys.mistyped);
        await save();
        await page.getByText('Nothing was saved', { exact: true }).waitFor();
        await page.getByRole('button', { name: 'Keep the Postscript connection as it is' }).click();

        await goTo('backup');
        await page.getByRole('button', { name: 'Make a backup now' }).click();
        await page.getByText('The backup is made.').waitFor();
        await goTo('diagnostics');
        await page.getByRole('button', { name: 'Collect it' }).click();
        await page.getByRole('button', { name: /^Save heads-up-/ }).waitFor();

        const traffic = await desktop.control.traffic();
        const towardsPage = traffic.flatMap((carried) =>
          carried.kind === 'invoke'
            ? [carried.answer, carried.error]
            : carried.kind === 'message'
              ? [carried.args]
              : [],
        );
        const collected = traffic.find(
          (carried) => carried.kind === 'invoke' && carried.channel === 'diagnostics.collect',
        );
        if (collected?.kind !== 'invoke') throw new Error('Expected the diagnostics to have been collected');
        // The stand-in recorded what the engine answered on this channel.
        const bundle = collected.answer as Result<Output<'diagnostics.collect'>>;
        if (!bundle.ok) throw new Error(bundle.error.message);

        const cdp = await desktop.cdp();
        expect({
          files: findInFiles(desktop.home),
          bundle: findIn(unzip(bundle.value.zip)),
          towardsPage: findIn(JSON.stringify(towardsPage)),
          page: findIn(await page.content()),
          output: findIn(desktop.output()),
          heap: findIn(await readHeap(cdp)),
        }).toEqual({ files: [], bundle: [], towardsPage: [], page: [], output: [], heap: [] });

        // Where they were looked for, they would have been found.
        const crossed = traffic.flatMap((carried) => (carried.kind === 'invoke' ? carried.args : []));
        expect(findIn(JSON.stringify(crossed)).toSorted()).toEqual(Object.keys(keys).toSorted());
        await page.evaluate(`{ globalThis.planted = { deep: ['a ${keys.smartrr.slice(3, 9)} b'] } }`);
        expect(findIn(await readHeap(cdp))).toContain('smartrr');
        expect(findIn(unzip(Buffer.from(zipSync({ x: strToU8(keys.mistyped) })).toString('base64')))).toContain(
          'mistyped',
        );
        const carriedBefore = (await desktop.control.traffic()).length;
        await page.evaluate(
          `bridge.invoke('settings.get', {}).then(({ value: { sendingOn, enabledTriggers, ...settings } }) =>
          bridge.invoke('settings.save', { ...settings, shopName: '${keys.postscript.slice(0, 8)}' }))`,
        );
        expect(findInFiles(desktop.home).join()).toMatch(/postscript in .*heads-up\.db/);
        const carriedSince = (await desktop.control.traffic()).slice(carriedBefore);
        expect(findIn(JSON.stringify(carriedSince))).toContain('postscript');
        writeFileSync(join(desktop.home, 'config', 'planted.json'), `{"key":"${keys.inboxToken}"}`);
        expect(findInFiles(join(desktop.home, 'config')).join()).toContain('inboxToken in');
      } finally {
        await desktop.remove();
      }
    },
  );
});
