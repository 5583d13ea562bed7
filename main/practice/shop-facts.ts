import type { Plan, Product, Shop } from './world-types.ts';

function plan(number: string, name: string, unit: Plan['delivery']['unit'], count: number, prepaid = 1): Plan {
  return { number, name, delivery: { unit, count }, billing: { unit, count: count * prepaid } };
}

function product(number: string, title: string, sku: string, priceCents: number): Product {
  return { number, title, sku, priceCents };
}

/** Plans by the name the generator asks for. */
export const plans = {
  weekly: plan('690001', 'Every week', 'WEEK', 1),
  everyTwoWeeks: plan('690002', 'Every 2 weeks', 'WEEK', 2),
  everyThirtyDays: plan('690003', 'Every 30 days', 'DAY', 30),
  monthly: plan('690004', 'Every month', 'MONTH', 1),
  everySixWeeks: plan('690005', 'Every 6 weeks', 'WEEK', 6),
  everyTwoMonths: plan('690006', 'Every 2 months', 'MONTH', 2),
  everyThreeMonths: plan('690007', 'Every 3 months', 'MONTH', 3),
  yearly: plan('690008', 'Every year', 'YEAR', 1),
  prepaidThreeMonths: plan('690009', 'Monthly, prepaid for 3 months', 'MONTH', 1, 3),
} as const;

const products: readonly Product[] = [
  product('710001', 'House Espresso 500 g', 'ESP-500', 1850),
  product('710002', 'Ethiopia Yirgacheffe 1 kg', 'ETH-1000', 3900),
  product('710003', 'Decaf Colombia 250 g', 'DEC-250', 1250),
  product('710004', 'Café Crème – Sampler ☕', 'CRM-SMP', 2400),
  product('710005', 'Paper Filters (200)', 'FLT-200', 900),
  product('710006', 'Cold Brew Bags "12 Pack"', 'CBB-12', 2150),
  product('710007', 'Gift Box & Card', 'GFT-1', 4999),
];

/** The shop that is practised on. Everything in it is made up. */
export const practiceShop: Shop = {
  name: 'Fern & Fable Coffee',
  domain: 'fern-and-fable.example',
  myShopifyDomain: 'fern-and-fable.myshopify.com',
  billingTime: '09:30:00',
  billingMinute: 9 * 60 + 30,
  numBillingRetries: 3,
  delayBetweenRetries: 1,
  numFailedCyclesBeforeCancel: 3,
  plans: Object.values(plans),
  products,
};

export const firstNames = [
  'Ada',
  'Ben',
  'Chloé',
  'Dana',
  'Eli',
  'Fatima',
  'Grace',
  'Hugo',
  'Ines',
  'Jack',
  'Kira',
  'Liam',
  'Mina',
  'Noah',
  'Olga',
  'Priya',
  'Quinn',
  'Rosa',
  'Sam',
  'Tara',
  'Uma',
  'Vik',
  'Wendy',
  'Ximena',
  'Yusuf',
  'Zoë',
  "D'Angelo",
  'Mary-Ann',
] as const;

export const lastNames = [
  'Abbott',
  'Brown',
  'Costa',
  'Duarte',
  'Evans',
  'Fischer',
  'Garcia',
  'Huang',
  'Ito',
  'Jones',
  'Kaur',
  'López',
  'Müller',
  'Nguyen',
  "O'Neill",
  'Patel',
  'Quist',
  'Rossi',
  'Smith',
  'Tran',
  'Ueda',
  'Vega',
  'Walker',
  'Xu',
  'Young',
  'Zimmermann',
] as const;

/** Area codes in use; with the exchange 555 their numbers belong to nobody. */
export const areaCodes = [
  '212',
  '213',
  '305',
  '312',
  '404',
  '415',
  '469',
  '503',
  '512',
  '602',
  '615',
  '617',
  '646',
  '702',
  '713',
  '720',
  '773',
  '801',
  '816',
  '917',
  '206',
  '216',
  '303',
  '313',
  '408',
  '510',
  '561',
  '619',
  '704',
  '804',
] as const;
