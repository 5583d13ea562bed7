import { describe, expect, it } from 'vitest';
import {
  defaultTags,
  deliveryKeys,
  tagNames,
  tags,
  tagsOf,
  triggerNames,
  triggers,
} from '../../../shared/domain/triggers.ts';
import { designTable, seedDefaultTags, seedTagsTable, seedTriggersTable } from './sources.ts';

/** The design's table, one object per row. */
function designRows() {
  return designTable
    .split('\n')
    .slice(2)
    .map((line) => {
      const [title = '', eventType = '', legacyName = '', ownTags = '', key = ''] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', ''));
      return { title, eventType, legacyName, seedTags: ownTags.split(', '), key };
    });
}

/** Cells of the seed's HTML tables as a reader sees them: no markup, no icon before the title. */
function seedRows(table: string): readonly (readonly string[])[] {
  const [, body = ''] = table.split('<tbody>');
  return Array.from(body.matchAll(/<tr>(.*?)<\/tr>/gs), ([, row = '']) =>
    Array.from(row.matchAll(/<td>(.*?)<\/td>/gs), ([, cell = '']) =>
      cell
        .replace(/<[^>]*>/g, '')
        .replace(/^[^\p{L}{]+/u, '')
        .trim(),
    ),
  );
}

const inOrder = triggerNames.map((name) => triggers[name]);

describe('the catalogue of triggers', () => {
  it("has the design's six triggers with their event types, legacy names and tags, in that order", () => {
    expect(
      inOrder.map(({ title, eventType, legacyName, seedTags }) => ({ title, eventType, legacyName, seedTags })),
    ).toEqual(
      designRows().map(({ title, eventType, legacyName, seedTags }) => ({ title, eventType, legacyName, seedTags })),
    );
    expect(inOrder).toHaveLength(6);
  });

  it("has the seed's six triggers with their descriptions and sample copy to the letter", () => {
    expect(inOrder.map(({ title, description, sampleCopy }) => [title, description, sampleCopy])).toEqual(
      seedRows(seedTriggersTable).map(([title, description = '', sampleCopy]) => [
        title,
        // The one slip of the pen in the seed that the console does not repeat.
        description.replace('when when', 'when'),
        sampleCopy,
      ]),
    );
  });

  it("gives every trigger the seed's tags under their exact names", () => {
    expect(inOrder.map(({ title, seedTags }) => [title, seedTags.map((tag) => `{${tag}}`)])).toEqual(
      seedRows(seedTagsTable).map(([title, cell = '']) => [title, cell.split(/\s+/)]),
    );
  });

  it("gives every trigger Postscript's four default tags", () => {
    const named = Array.from(seedDefaultTags.matchAll(/`(\w+)`/g), ([, tag]) => tag);
    expect(named).toEqual([...defaultTags]);
    for (const name of triggerNames) expect(tagsOf(name)).toEqual(expect.arrayContaining(named));
  });

  it('names no tag twice for a trigger, and every tag belongs to some trigger', () => {
    for (const name of triggerNames) expect(new Set(tagsOf(name)).size).toBe(tagsOf(name).length);
    expect(new Set(triggerNames.flatMap(tagsOf))).toEqual(new Set(tagNames));
  });

  it('keeps event types and tags to the characters that Postscript carries unchanged', () => {
    for (const { eventType } of inOrder) expect(eventType).toMatch(/^[a-z0-9_]+$/);
    for (const tag of tagNames) expect(tag).toMatch(/^[a-z0-9_]+$/);
    expect(new Set(inOrder.map(({ eventType }) => eventType)).size).toBe(6);
    expect(new Set(inOrder.map(({ legacyName }) => legacyName)).size).toBe(6);
  });

  it('marks every tag by who promised it', () => {
    const promised = new Set(inOrder.flatMap(({ seedTags }) => seedTags));
    for (const tag of tagNames) {
      const isDefault = (defaultTags as readonly string[]).includes(tag);
      expect([tag, tags[tag].origin]).toEqual([tag, isDefault ? 'postscript' : promised.has(tag) ? 'seed' : 'extra']);
    }
  });

  it('has a short sample that is no longer than the long one', () => {
    for (const tag of tagNames) {
      const { short, long } = tags[tag].samples;
      expect(short).not.toBe('');
      expect(short.length).toBeLessThanOrEqual(long.length);
    }
  });
});

describe('delivery keys', () => {
  it("have the design's shapes", () => {
    const filled = {
      'Subscription Created': deliveryKeys.created('s1'),
      'Upcoming Order': deliveryKeys.upcoming('s1', '2027-03-14', 3),
      'Skipped Order': deliveryKeys.skipped('s1', '2027-03-14'),
      'Payment Method Updated': deliveryKeys.paymentUpdated('c1', 'pm1', '2027-03-01T00:00:00Z'),
      'Payment Method Failed': deliveryKeys.paymentFailed('b1', 2),
      'Customer Deactivated': deliveryKeys.deactivated('c1', '2027-03-01T00:00:00Z'),
    };
    const values: Record<string, string> = {
      subscription: 's1',
      'order date': '2027-03-14',
      'skipped order date': '2027-03-14',
      'lead days': '3',
      customer: 'c1',
      'payment method': 'pm1',
      'updated at': '2027-03-01T00:00:00Z',
      bill: 'b1',
      'retry count': '2',
      'cancelled at': '2027-03-01T00:00:00Z',
    };
    expect(filled).toEqual(
      Object.fromEntries(
        designRows().map(({ title, key }) => [
          title,
          key.replace(/\{([^}]*)\}/g, (_, name: string) => values[name] ?? '?'),
        ]),
      ),
    );
  });
});
