import type { TagValues } from '../../../shared/domain/template.ts';
import { tagNames, tags, type TagName } from '../../../shared/domain/triggers.ts';
import type { TemplateView } from './queries.ts';

/** Made-up customers for the preview, each chosen with Alt and its number. */
export const sampleNames = ['short', 'long', 'missing', 'other_alphabets'] as const;
export type SampleName = (typeof sampleNames)[number];

export const sampleLabels: Readonly<Record<SampleName, string>> = {
  short: 'Short example values',
  long: 'Long example values',
  missing: 'Missing values',
  other_alphabets: 'Other alphabets',
};

const otherAlphabets: Readonly<Partial<Record<TagName, string>>> = {
  first_name: '小明',
  last_name: 'Żółkiewska',
  product_titles: 'Кофе в зёрнах, 抹茶',
};

/** The shop's own name and link are real in every sample. */
export function sampleValues(name: SampleName, { shopName, accountPageLink }: TemplateView): TagValues {
  const size = name === 'long' ? 'long' : 'short';
  const all = Object.fromEntries(tagNames.map((tag) => [tag, tags[tag].samples[size]]));
  const shop = {
    shop_name: shopName === '' ? tags.shop_name.samples[size] : shopName,
    shop_link: tags.shop_link.samples[size],
    account_page_link: accountPageLink === '' ? tags.account_page_link.samples[size] : accountPageLink,
  };
  switch (name) {
    case 'short':
    case 'long':
      return { ...all, ...shop };
    case 'missing':
      return shop;
    case 'other_alphabets':
      return { ...all, ...otherAlphabets, ...shop };
  }
}
