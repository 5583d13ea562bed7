import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { appId } from '../../../main/electron/app-id.ts';

it('is the one that the installer registers', () => {
  const packaging = readFileSync(new URL('../../../electron-builder.yml', import.meta.url), 'utf8');
  expect(packaging).toMatch(new RegExp(`^appId: ${appId}$`, 'm'));
});
