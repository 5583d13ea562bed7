import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPhone, normalisePhone, phoneDigits } from '../../../shared/domain/phone.ts';

describe('normalisePhone', () => {
  it.each([
    ['(212) 555-0100', 'US', '+12125550100'],
    ['212.555.0100', 'US', '+12125550100'],
    ['1-212-555-0100', 'US', '+12125550100'],
    ['+1 212 555 0100', 'DE', '+12125550100'],
    [' 212 555 0100\n', 'US', '+12125550100'],
    ['\u202a+1 (212) 555-0100\u202c', 'US', '+12125550100'],
    ['＋１２１２５５５０１００', 'US', '+12125550100'],
    ['212 555 0100 ext. 5', 'US', '+12125550100'],
    ['604 555 0100', 'CA', '+16045550100'],
    ['020 7946 0018', 'GB', '+442079460018'],
    ['+44 20 7946 0018', 'US', '+442079460018'],
    ['0412 345 678', 'AU', '+61412345678'],
  ])('reads %j in %s as %s', (raw, country, expected) => {
    expect(normalisePhone(raw, country)).toBe(expected);
  });

  it('takes North American area codes that are newer than the list of them', () => {
    expect(normalisePhone('+15555550123', 'US')).toBe('+15555550123');
    expect(normalisePhone('(555) 555-0123', 'US')).toBe('+15555550123');
  });

  it.each([
    ['', 'US'],
    ['+', 'US'],
    ['12345', 'US'],
    ['0000000000', 'US'],
    ['555-0100', 'CA'],
    ['+1 212 555 01000', 'US'],
    ['call 212 555 0100 after six', 'US'],
    ['1-800-FLOWERS', 'US'],
    ['fern@fable.example', 'US'],
    ['+999 123 456 789', 'US'],
    ['212 555 0100', ''],
    ['212 555 0100', 'XX'],
    ['212 555 0100', 'constructor'],
  ])('finds no number in %j in %j', (raw, country) => {
    expect(normalisePhone(raw, country)).toBeNull();
  });

  it('reads a number as it is written at home like the library, which is asked when an invisible mark comes first', () => {
    const separator = fc.constantFrom('', '-', '.', ' ', '  ', '(', ')', '0');
    const parts = [/^1?$/, separator, /^\(?\d{3}\)?$/, separator, /^\d{3}$/, separator, /^\d{4}$/] as const;
    const written = fc
      .tuple(...parts.map((part) => (part instanceof RegExp ? fc.stringMatching(part) : part)))
      .map((texts) => texts.join(''));
    fc.assert(
      fc.property(written, fc.constantFrom('US', 'CA', 'DE'), (raw, country) => {
        expect(normalisePhone(raw, country)).toBe(normalisePhone(`\u202d${raw}`, country));
      }),
    );
  });

  it('gives E.164 or null for any text, and reads its own answer back', () => {
    const written = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom(...Array.from('0123456789+-() .x٣')), { maxLength: 20 })
        .map((characters) => characters.join('')),
      fc.stringMatching(/^[2-9]\d{2}[2-9]\d{6}$/),
    );
    fc.assert(
      fc.property(written, fc.constantFrom('US', 'CA', 'GB', 'AU', 'DE', ''), (raw, country) => {
        const phone = normalisePhone(raw, country);
        if (phone === null) return;
        expect(phone).toMatch(/^\+[1-9]\d{3,14}$/);
        expect(normalisePhone(phone, 'FR')).toBe(phone);
      }),
    );
  });

  // What grows with the square of the length would not end within the runner's limit.
  it('refuses ten million characters', () => {
    for (const text of ['1'.repeat(10_000_000), '+'.repeat(10_000_000), ' '.repeat(10_000_000)]) {
      expect(normalisePhone(text, 'US')).toBeNull();
      expect(maskPhone(text)).not.toContain('1111');
      expect(phoneDigits(text).length).toBeLessThan(100);
    }
  });
});

describe('maskPhone', () => {
  it.each([
    ['+12125550100', '+1 ••• ••• 0100'],
    ['+442079460018', '+44 ••• ••• 0018'],
    ['+6834002', '+683 ••• ••• ••02'],
    ['(212) 555-0100', '••• ••• 0100'],
    ['12345', '••• ••• ••••'],
    ['', '••• ••• ••••'],
    ['fern@fable.example', '••• ••• ••••'],
  ])('shows %j as %s', (phone, expected) => {
    expect(maskPhone(phone)).toBe(expected);
  });

  it('never shows more than the country code and four digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+1[2-9]\d{2}[2-9]\d{6}$/), (phone) => {
        expect(maskPhone(phone)).toBe(`+1 ••• ••• ${phone.slice(-4)}`);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(maskPhone(text)).toMatch(/^(\+\d{1,3} )?••• ••• (\d{4}|••\d{2}|••••)$/u);
      }),
    );
  });
});

describe('phoneDigits', () => {
  it('finds one number under every way of writing it', () => {
    const stored = phoneDigits('+12125550100');
    for (const typed of ['(212) 555-0100', '+1 212 555 0100', '0100', '２１２５５５０１００']) {
      expect(stored.endsWith(phoneDigits(typed))).toBe(true);
    }
    expect(phoneDigits('no digits')).toBe('');
  });
});
