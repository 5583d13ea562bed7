import { fileURLToPath } from 'node:url';
import { loadConfig } from 'app-builder-lib/out/util/config/load.js';
import { expect, it } from 'vitest';
import { z } from 'zod';

const workflowSchema = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({
      permissions: z.record(z.string(), z.string()),
      steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
    }),
  ),
});

/** Read by the packager, because it is what brings a reader of YAML. */
async function readWorkflow() {
  const projectDir = fileURLToPath(new URL('../../.github/workflows', import.meta.url));
  const file = await loadConfig({ packageKey: '', configFilename: 'release', projectDir, packageMetadata: null });
  return workflowSchema.parse(file?.result);
}

it('lets only the job that drafts the release write, and that one runs nothing of the repository', async () => {
  const { permissions, jobs } = await readWorkflow();
  expect(permissions).toEqual({});
  expect(Object.entries(jobs).map(([name, job]) => [name, job.permissions])).toEqual([
    ['test', { contents: 'read' }],
    ['package', { contents: 'read' }],
    ['draft', { contents: 'write' }],
  ]);
  const draft = jobs['draft']?.steps.map(({ uses = '', run = '' }) => uses + run) ?? [];
  expect(draft.filter((step) => /checkout|npm|node/.test(step))).toEqual([]);
});

it('names every action by the commit', async () => {
  const { jobs } = await readWorkflow();
  const actions = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((action) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
});
