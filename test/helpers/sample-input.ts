import { z } from 'zod';
import type { Channel } from '../../shared/ipc/channels.ts';
import { contract } from '../../shared/ipc/contract.ts';

type Schema = Readonly<{
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  format?: string;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  propertyNames?: Schema;
  additionalProperties?: Schema;
}>;

/** What a JSON schema cannot say: texts of a certain form. */
const texts: Readonly<Record<string, string>> = {
  timeZone: 'America/New_York',
  opens: '09:00',
  closes: '20:00',
  country: 'US',
  accountPageLink: 'https://shop.example/account',
};

function sampleOf(schema: Schema, name: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first !== undefined) return sampleOf(first, name);
  switch (schema.type) {
    case 'object': {
      const own = Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, sampleOf(inner, key)]);
      const named = (schema.propertyNames?.enum ?? []).map((key) => [
        key,
        sampleOf(schema.additionalProperties ?? {}, ''),
      ]);
      return Object.fromEntries([...own, ...named]);
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 1 }, () => sampleOf(schema.items ?? {}, name));
    case 'string':
      if (schema.format === 'date') return '2026-11-27';
      return texts[name] ?? 'x'.repeat(Math.max(schema.minLength ?? 1, 1));
    case 'number':
    case 'integer':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case undefined:
    default:
      return null;
  }
}

/** An input that the channel's schema lets through, made from the schema itself. */
export function sampleInput(channel: Channel): unknown {
  const { input } = contract[channel];
  const sample = sampleOf(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema, '');
  const parsed = input.safeParse(sample);
  if (!parsed.success) throw new Error(`No sample for ${channel}: ${JSON.stringify(sample)} ${parsed.error.message}`);
  return sample;
}
