import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { reportInitialScript } from './scripts/initial-script.mjs';
import { LongestFirst } from './scripts/longest-first.mjs';
import { collectNotices } from './scripts/supply/notices.mjs';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Native or provided by the runtime; everything else is bundled, so that an installed app carries no node_modules. */
const external = ['electron', 'better-sqlite3', /^node:/];

/** What each bundle holds of others, for the notices. */
const license = { fileName: 'bundled.json' };

/** Puts the icons that a running app shows outside its page beside the main bundle. */
const runtimeIcons: Plugin = {
  name: 'runtime-icons',
  applyToEnvironment: ({ name }) => name === 'main',
  generateBundle() {
    const folder = path('assets/icons/runtime/');
    for (const file of readdirSync(folder)) {
      this.emitFile({ type: 'asset', fileName: `icons/${file}`, source: readFileSync(folder + file) });
    }
  },
};

export default defineConfig({
  root: path('renderer'),
  base: './',
  plugins: [react(), runtimeIcons],
  css: { postcss: path('.') },
  build: { outDir: path('dist/renderer'), emptyOutDir: true, target: 'chrome140', license },
  environments: {
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron', 'better-sqlite3'], conditions: ['node', 'module'] },
      build: {
        ssr: true,
        copyPublicDir: false,
        outDir: path('dist/main'),
        emptyOutDir: true,
        target: 'node24',
        license,
        sourcemap: true,
        minify: false,
        rolldownOptions: {
          input: {
            index: path('main/index.ts'),
            browser: path('main/browser.ts'),
            inbox: path('main/inbox.ts'),
            practice: path('main/practice.ts'),
            'practice-world': path('main/practice/world-process.ts'),
            'engine-worker': path('main/engine/worker.ts'),
          },
          external,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    // CommonJS in one file, because a sandboxed preload cannot be an ES module.
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        ssr: true,
        copyPublicDir: false,
        outDir: path('dist/preload'),
        emptyOutDir: true,
        target: 'node24',
        license,
        minify: false,
        rolldownOptions: {
          input: { index: path('preload/index.ts') },
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'main', 'preload']) {
        const environment = builder.environments[name];
        if (environment === undefined) throw new Error(`No build environment named ${name}`);
        await builder.build(environment);
      }
      collectNotices(path('.'));
      reportInitialScript(path('dist/renderer'));
    },
  },
  test: {
    root: path('.'),
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // More than there may be processors: a browser test waits for its Chromium most of the time.
    maxWorkers: 4,
    // Files share their workers, and each module is loaded once. A test that replaces something puts it back.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // No test depends on speed: what is waited for may take as long as the runner lets it.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
