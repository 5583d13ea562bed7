// npm run torture: the proof that nothing is sent twice, skipped twice or lost silently (docs/torture.md).
import './node-guard.mjs';

await import('../test/torture/run.ts');
