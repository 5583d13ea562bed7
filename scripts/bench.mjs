// npm run bench: what the product costs, as ratios to what bounds it (docs/benchmarks.md).
import './node-guard.mjs';

await import('../bench/run.ts');
