import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createRouter } from '../../../main/contract-router.ts';
import { secretNames } from '../../../main/engine/port.ts';
import { channels } from '../../../shared/ipc/channels.ts';
import { contract, type ComputerHandlers, type Input } from '../../../shared/ipc/contract.ts';
import { fail } from '../../../shared/result.ts';
import { startTestEngine } from '../../helpers/engine.ts';
import { createKeyFinder, makePlantedKey } from '../../helpers/planted-keys.ts';
import { sampleInput } from '../../helpers/sample-input.ts';

/** Names that a field with a secret could have. `key` alone is the name of a delivery's key and of a keyboard's. */
const suspicious = /secret|token|password|passphrase|api_?key|privatekey|postscript_?key|authorization|credential/i;

/** Every field that an answer may have, as a path. */
function listFields(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, inner]: [string, unknown]) => {
    const isField = path.endsWith('properties');
    return [...(isField ? [`${path}.${name}`] : []), ...listFields(inner, `${path}.${name}`)];
  });
}

describe('the channels', () => {
  it('describe no answer with a field for a key', () => {
    const fields = channels.flatMap((channel) =>
      listFields(z.toJSONSchema(contract[channel].output, { unrepresentable: 'any' }), channel),
    );
    expect(fields.length).toBeGreaterThan(300);
    // How keys are kept, in words.
    const known = /^computer\.\w+\.properties\.secretStore$/;
    expect(fields.filter((path) => suspicious.test(path.split('.').at(-1) ?? '') && !known.test(path))).toEqual([]);
  });

  it('return no part of a saved key, whatever they are asked, nor write it into the log', async () => {
    const keys = Object.fromEntries([...secretNames, 'typed'].map((name) => [name, makePlantedKey()]));
    const { typed = '', ...secrets } = keys;
    const { findIn, findInFiles } = createKeyFinder(keys);
    const { call, logged, dataFolder, events, stop } = await startTestEngine({ secrets });
    const computer = Object.fromEntries(
      channels
        .filter((name) => name.startsWith('computer.'))
        .map((name) => [name, () => fail('conflict', 'No host here.')]),
    );
    const route = createRouter({
      computer: computer as unknown as ComputerHandlers,
      // The router hands on only what it has parsed.
      call: (channel, input) => call(channel, input as Input<typeof channel>),
      onBug: (channel, error) => expect({ channel, error: error.message }).toEqual({ channel }),
    });
    const answers: unknown[] = [];
    for (const channel of channels) {
      // The practice shop is its own; a restore would end this engine.
      if (channel.startsWith('practice.') || channel === 'backups.restore') continue;
      const sample = sampleInput(channel) as Record<string, unknown>;
      // As it should be, and with a key in every place of a wrong shape.
      const wrong = Object.fromEntries(Object.keys(sample).map((name) => [name, { [typed]: [typed] }]));
      answers.push(await route(channel, { ...wrong, [typed]: typed }), await route(channel, typed));
      if (!channel.startsWith('connections.remove')) answers.push(await route(channel, sample));
    }
    for (const [channel, input] of [
      ['connections.savePostscriptKey', { key: typed }],
      ['connections.savePostscriptKey', { key: `${typed} ${typed}` }],
      ['connections.saveSmartrrToken', { token: typed }],
      ['connections.saveInbox', { url: 'http://127.0.0.1:9', token: typed, webhookSecret: typed }],
      ['connections.test', { name: 'postscript' }],
      ['connections.get', {}],
      ['diagnostics.collect', {}],
    ] as const) {
      answers.push(await route(channel, input));
    }
    await stop();
    expect(answers.length).toBeGreaterThan(150);
    expect({
      answers: findIn(JSON.stringify(answers)),
      logged: findIn(JSON.stringify([logged, events])),
      files: findInFiles(dataFolder),
    }).toEqual({ answers: [], logged: [], files: [] });
    // The finder does find: what the engine was given.
    expect(findIn(JSON.stringify(secrets))).toEqual(expect.arrayContaining([...secretNames]));
  });
});
