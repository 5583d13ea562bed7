import type { Random } from '../../../main/practice/random.ts';

/** Values that no service means: wrong kinds, almost right ones, and ones that break a careless reader. */
const oddValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  -0.0001,
  1e21,
  1e300,
  -1e300,
  9_007_199_254_740_992,
  2_147_483_648,
  '',
  ' ',
  '\t\r\n',
  '0',
  '-1',
  '12abc',
  '12,5',
  '1e3',
  '0x10',
  '１２',
  'NaN',
  'Infinity',
  '-Infinity',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '__proto__',
  'constructor',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\u202Etxet\u202C',
  '\u200b\u2060',
  '👩‍👩‍👧‍👦',
  'ﷺ',
  '<script>alert(1)</script>',
  "'; DROP TABLE deliveries;--",
  '=HYPERLINK("http://evil.example","x")',
  '../../etc/passwd',
  '{account_page_link}',
  [],
  [[]],
  [null],
  {},
  { id: {} },
  { toString: 'x', valueOf: 'y' },
];

const oddDates: readonly string[] = [
  '2027-02-31',
  '2027-02-31T14:30:00.000Z',
  '2027-02-29T14:30:00Z',
  '2027-04-31 10:00:00+05:00',
  '2027-13-01T00:00:00Z',
  '2027-00-10',
  '2027-03-00T00:00:00Z',
  '20266-03-04T14:30:00.000Z',
  '+020266-03-04T14:30:00.000Z',
  '-000001-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '1969-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59.999Z',
  '2027-03-04T24:00:00Z',
  '2027-03-04T23:60:00Z',
  '2027-03-04T14:30:00+99:99',
  '2027-03-04T14:30:00+0530',
  '2027-03-04T14:30:00',
  '2027-03-04 14:30',
  '2027-03-04T14:30:00.123456789Z',
  '2027-3-4',
  '03/04/2027',
  '4 March 2027',
  'Thu Mar 04 2027',
  '2027-W09-4',
  '1804257000000',
  'tomorrow',
  'May 2031',
  '２０２７-03-04',
  '2027-03-04T14:30:00.000z',
  ' 2027-03-04T14:30:00.000Z ',
];

export function pickOdd(random: Random): unknown {
  const kind = random.weighted([
    ['value', 60],
    ['date', 30],
    ['long', 1],
    ['deep', 1],
    ['proto', 8],
  ]);
  switch (kind) {
    case 'value':
      // Whoever gets it may change it further, and the next one is to get what is written here.
      return structuredClone(random.pick(oddValues));
    case 'date':
      return random.pick(oddDates);
    case 'long':
      return random.pick(['A', '9', '\u0000', '👩', '{']).repeat(random.pick([501, 5000, 100_000]));
    case 'deep':
      return nest(random.between(100, 2000));
    case 'proto':
      return poison();
  }
}

/** What a body holds that is meant to change every object of the process. */
export function poison(): unknown {
  return JSON.parse('{"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}}}');
}

export function isPolluted(): boolean {
  return 'isPolluted' in {} || Object.keys(Object.prototype).length > 0;
}

function nest(depth: number): unknown {
  let value: unknown = 'core';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { inner: value };
  return value;
}
