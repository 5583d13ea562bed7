import { describe, expect, it } from 'vitest';
import { openShop } from '../practice/open-shop.ts';
import { openEngine } from './open-engine.ts';
import { startTwistingProxy } from './twisting-proxy.ts';

type Row = Record<string, unknown>;
const isRecord = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

type Person = Readonly<{ firstName: string; lastName: string; phone: string | null }>;

/** Texts that have broken screens, queries and templates before. */
const people: readonly Person[] = [
  { firstName: 'Zoë 🌿🤎', lastName: "O'Brien-Łukasz", phone: '+12125550101' },
  { firstName: 'ليلى', lastName: 'אבוטבול', phone: '(212) 555-0102' },
  { firstName: '<script>alert(1)</script>', lastName: '"><img src=x onerror=alert(2)>', phone: '+1 212 555 0103' },
  { firstName: "Robert'); DROP TABLE customers;--", lastName: 'Tables', phone: '2125550104' },
  { firstName: '{account_page_link}', lastName: '{first_name}', phone: '+12125550105' },
  { firstName: '\u202Eexe.txt\u0000\u0007', lastName: '__proto__', phone: '+12125550106' },
  { firstName: '👨‍👩‍👧‍👦'.repeat(200), lastName: 'null', phone: '+12125550107' },
  { firstName: 'Fiona', lastName: 'Foreign', phone: '+44 7911 123456' },
  { firstName: 'Gérard', lastName: 'Étranger', phone: '+33 6 12 34 56 78' },
  { firstName: 'Mei', lastName: '王', phone: '+86 139 1234 5678' },
  { firstName: 'Short', lastName: 'Code', phone: '12345' },
  { firstName: 'No', lastName: 'Number', phone: 'ask my wife' },
  { firstName: 'None', lastName: 'AtAll', phone: null },
];

async function setUp() {
  // In true time: the engine does not believe what is dated months ahead of its clock.
  const world = await openShop({ startAt: Date.now() });
  const smartrr = await startTwistingProxy(world.urls.smartrr);
  const states = await world.everyState();
  const renamed = new Map(people.map((person, index) => [states[index]?.id, person]));
  smartrr.twist(({ path }) => {
    if (!path.startsWith('/vendor/purchase-state?')) return undefined;
    return (json) => {
      if (!isRecord(json) || !Array.isArray(json['data'])) throw new Error('Expected a page');
      return { ...json, data: json['data'].map((row: unknown) => (isRecord(row) ? rename(row, renamed) : row)) };
    };
  });
  const engine = await openEngine({ remotes: { postscript: world.urls.postscript, smartrr: smartrr.url } });
  await engine.value('connections.savePostscriptKey', { key: world.credentials.postscriptKey });
  await engine.value('connections.saveSmartrrToken', { token: world.credentials.smartrrToken });
  await expect.poll(async () => (await engine.value('status.get', {})).lastSyncAt, { timeout: 60_000 }).not.toBeNull();
  const search = async (text: string) => engine.value('customers.search', { text });
  return {
    ...engine,
    world,
    search,
    /** The subscription that was given to the person with that place in the list. */
    subscriptionOf: (index: number): string => states[index]?.id ?? '',
    preview: (index: number) =>
      engine.value('triggers.previewTest', {
        trigger: 'payment_method_updated',
        subscriptionId: states[index]?.id ?? '',
        phone: '+12125550100',
      }),
  };
}

function rename(row: Row, renamed: ReadonlyMap<unknown, Person>): Row {
  const person = renamed.get(row['id']);
  if (person === undefined) return row;
  const { firstName, lastName, phone } = person;
  const before = isRecord(row['custRel']) ? row['custRel'] : {};
  // Their own customers, so that nobody is renamed twice.
  const custRel = { ...before, id: `renamed-${String(row['id'])}`, firstName, lastName, phone, inferredPhone: null };
  return { ...row, custRel, shippingAddress: { phone: null } };
}

describe('people with odd names and numbers', () => {
  it('are taken in to the letter, found by their names, and texted only at numbers that can be', async () => {
    const { value, search, subscriptionOf, preview, world, said } = await setUp();

    const found = await Promise.all(
      people.map(async (_, index) => {
        const [row] = (await search(index === 6 ? 'null' : (people[index]?.lastName ?? ''))).filter(
          ({ subscriptions }) => subscriptions.some(({ id }) => id === subscriptionOf(index)),
        );
        return row === undefined ? undefined : { name: row.name, phone: row.phone };
      }),
    );
    expect(found).toEqual([
      { name: "Zoë 🌿🤎 O'Brien-Łukasz", phone: '+12125550101' },
      { name: 'ليلى אבוטבול', phone: '+12125550102' },
      { name: '<script>alert(1)</script> "><img src=x onerror=alert(2)>', phone: '+12125550103' },
      { name: "Robert'); DROP TABLE customers;-- Tables", phone: '+12125550104' },
      { name: '{account_page_link} {first_name}', phone: '+12125550105' },
      { name: '\u202Eexe.txt\u0000\u0007 __proto__', phone: '+12125550106' },
      // The longest name that is kept is 500 characters, cut between letters.
      { name: expect.stringMatching(/^(👨‍👩‍👧‍👦)+.{0,10} null$/u) as unknown, phone: '+12125550107' },
      { name: 'Fiona Foreign', phone: '+447911123456' },
      { name: 'Gérard Étranger', phone: '+33612345678' },
      { name: 'Mei 王', phone: '+8613912345678' },
      { name: 'Short Code', phone: null },
      { name: 'No Number', phone: null },
      { name: 'None AtAll', phone: null },
    ]);
    expect(await search('ليل')).toHaveLength(1);
    expect(await search('7911123456')).toHaveLength(1);

    // What a customer is called is never read as a tag of the template.
    const { renderedCopy } = await preview(4);
    expect(renderedCopy).toContain('Hi {account_page_link}, your payment method');
    // And markup is text, all the way to the screen that shows it.
    expect(JSON.stringify(await value('customers.search', { text: 'script' }))).toContain('<script>alert(1)</script>');
    expect((await value('status.get', {})).sync.problem).toBeNull();

    for (const [index, person] of people.entries()) {
      const sent = await value('triggers.sendTest', {
        trigger: 'subscription_created',
        subscriptionId: subscriptionOf(index),
        phone: '+1 (212) 555-0199',
      });
      const { delivery } = await value('deliveries.get', { id: sent.deliveryId });
      expect([person.firstName, delivery.state, delivery.phone]).toEqual([
        person.firstName,
        'accepted',
        expect.stringMatching(/99$/),
      ]);
    }
    expect((await world.control.ledger()).events).toHaveLength(people.length);
    // Masked wherever a line is only a line.
    expect(said.filter((line) => /^(info|warn|error) .*\+?\d{10}/.test(line))).toEqual([]);
  });

  it.each(['12345', 'ask my wife', '+1 212', '<script>', '+12125550100; DROP TABLE deliveries', '１２'])(
    'a test is not sent to %j, with a sentence that says how a number is written',
    async (phone) => {
      const world = await openShop();
      const engine = await openEngine({ remotes: { postscript: world.urls.postscript, smartrr: world.urls.smartrr } });
      await engine.value('connections.savePostscriptKey', { key: world.credentials.postscriptKey });
      expect(
        await engine.call('triggers.sendTest', { trigger: 'upcoming_order', subscriptionId: null, phone }),
      ).toEqual({
        ok: false,
        error: {
          code: 'invalid_input',
          message: 'This is not a phone number that can be texted.',
          nextStep: 'Write it with the country, like +1 212 555 0100.',
        },
      });
      expect((await world.control.ledger()).events).toEqual([]);
    },
  );
});
