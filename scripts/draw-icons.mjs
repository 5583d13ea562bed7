// npm run icons: draws every icon anew from assets/icon.svg. What it writes is committed.
import './node-guard.mjs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const { drawIcons } = await import('./icons.mjs');

const root = new URL('../', import.meta.url);
const files = await drawIcons(readFileSync(new URL('assets/icon.svg', root), 'utf8'));
for (const [path, bytes] of files) {
  const file = new URL(path, root);
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, bytes);
}
console.log(`${files.size} files drawn.`);
