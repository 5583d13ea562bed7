import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { toIndexedPng } from '../../scripts/indexed-png.mjs';
import { describeWithChromium, findChromium } from '../helpers/chromium.ts';

describeWithChromium('pictures with a palette', () => {
  it('look as before to the browser that drew them, and are far smaller', async () => {
    const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage({ viewport: { width: 320, height: 200 } });
      await page.setContent('<body style="margin:0;background:#0f6b7b;color:#fff;font:20px serif"><p>Accepted</p>');
      const drawn = await page.screenshot();
      const small = toIndexedPng(drawn);
      await page.setContent(`<body style="margin:0"><img src="data:image/png;base64,${small.toString('base64')}">`);
      // Drawn from the palette, the page is the same to the last dot: it has fewer than 256 colours.
      expect(await page.screenshot()).toEqual(drawn);
      expect(small.length).toBeLessThan(drawn.length);
    } finally {
      await browser.close();
    }
  });
});
