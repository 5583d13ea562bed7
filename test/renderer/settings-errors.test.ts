import { describe, expect, it } from 'vitest';
import { settingsErrors, type SettingsValues } from '../../renderer/lib/settings-errors.ts';
import { defaultSettings } from '../../shared/domain/settings.ts';

const { sendingOn: _on, enabledTriggers: _triggers, ...values } = defaultSettings;

/** What a number field holds when it was emptied. */
const emptied = '' as unknown as number;

describe('what the settings form says about what was typed', () => {
  it('accepts what the contract accepts', () => {
    expect(settingsErrors(values)).toEqual({});
  });

  it.each<[string, Partial<SettingsValues>, Record<string, string>]>([
    ['too many days', { leadDays: 31 }, { leadDays: 'Use at most 30' }],
    ['no days', { leadDays: 0 }, { leadDays: 'Use at least 1' }],
    ['half a day', { leadDays: 1.5 }, { leadDays: 'Use a whole number' }],
    ['nothing where a number belongs', { stormFactor: emptied }, { stormFactor: 'Type a number' }],
    ['a name without end', { shopName: 'x'.repeat(201) }, { shopName: 'Use at most 200 characters' }],
    [
      'an address without https',
      { accountPageLink: 'http://fern.example' },
      { accountPageLink: 'Use an address that starts with https://' },
    ],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }, { timeZone: 'Not a time zone that is known here' }],
    ['a country in words', { country: 'usa' }, { country: 'Use a two-letter country code' }],
    [
      'a window that closes before it opens',
      { window: { opens: '21:00', closes: '11:00' } },
      { 'window.closes': 'The window must open before it closes' },
    ],
  ])('explains %s', (_what, typed, errors) => {
    expect(settingsErrors({ ...values, ...typed })).toEqual(errors);
  });
});
