import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, redact } from '../../../main/log/redact.ts';

describe('redact', () => {
  it.each([
    ['+15555550100', '•••00'],
    ['15555550100', '•••00'],
    ['texted (555) 555-0123 today', 'texted •••23 today'],
    ['555-555-0123', '•••23'],
    ['555.555.0123', '•••23'],
    ['+1 555 555 0123', '•••23'],
    ['+44 7700 900123', '•••23'],
    ['+4512345678', '•••78'],
    ['555\u00a0555\u20110123', '•••23'],
    ['?phone=%2B15555550100', '?phone=%2B•••00'],
  ])('masks the phone number in "%s"', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each([
    '2026-11-23T08:26:00.123Z',
    'order 2026-11-26 of 3 items',
    'upcoming:8a7b:2026-11-26:3',
    'http://127.0.0.1:54321/health',
    'took 1234 ms, 56789 rows',
    '12345678',
    'a risk_assessment of the desk-lamp',
  ])('leaves "%s" alone', (text) => {
    expect(redact(text)).toBe(text);
  });

  it.each([
    ['sk_notarealkey0001', 'sk_[removed]'],
    ['key sk_partner_notarealkey0001.', 'key sk_[removed].'],
    ['pk_notarealkey0001', 'pk_[removed]'],
    ['Authorization: Bearer not.a-real_token', 'Authorization: Bearer [removed]'],
    ['GET /?token=notreal&x=1', 'GET /?token=[removed]&x=1'],
    ['mailto dana@example.com!', 'mailto [e-mail]!'],
  ])('cuts the secret out of "%s"', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('lets no phone number of ten digits or more through, whatever stands around and between', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 15 });
    const separator = fc.constantFrom('', ' ', '-', '.', ') ', '/');
    const edge = fc.constantFrom('', ' ', 'x', '"', ',', ':', '=', '+', '(');
    fc.assert(
      fc.property(digits, separator, edge, edge, (number, between, before, after) => {
        const shown = redact(`${before}${number.join(between)}${after}`).replace(/\D/g, '');
        expect(shown.length).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('fields', () => {
  it('drops what people wrote or who they are, however the field is spelt and however deep', () => {
    const { fields } = createRedactor();
    const secretText = 'please stop it';
    const logged = fields({
      body: secretText,
      reply_body: secretText,
      replyBody: secretText,
      ReplyText: secretText,
      renderedCopy: secretText,
      request: { url: secretText },
      list: [{ first_name: secretText, inner: { body: secretText } }],
      key: secretText,
      webhook_secret: secretText,
      deliveryId: 7,
    });
    expect(JSON.stringify(logged)).not.toContain(secretText);
    expect(logged).toMatchObject({ deliveryId: 7, list: [{ first_name: '[removed]' }] });
  });

  it('masks numbers that may be phone numbers and keeps instants', () => {
    const { fields } = createRedactor();
    expect(fields({ sender: 15_555_550_100, startedAt: 1_700_000_000_000, rows: 123_456 })).toEqual({
      sender: '•••00',
      startedAt: 1_700_000_000_000,
      rows: 123_456,
    });
  });

  it('shows of an error its kind, code, message and places, and nothing that it quotes', () => {
    const { fields, addSecret } = createRedactor();
    addSecret('hunter2hunter2');
    const cause = Object.assign(new Error('call to +15555550100 with hunter2hunter2'), { code: 'ECONNRESET' });
    let parseError: unknown;
    try {
      JSON.parse('please skip my order');
    } catch (error) {
      parseError = error;
    }
    const text = JSON.stringify(fields({ error: new Error('failed', { cause }), parseError }));
    expect(text).toContain('ECONNRESET');
    expect(text).toContain('redact.test.ts');
    for (const leak of ['5555550100', 'hunter2', 'please']) expect(text).not.toContain(leak);
  });

  it('cuts a known secret out in every form, also when one is the beginning of another', () => {
    const { fields, text, addSecret } = createRedactor();
    addSecret('not/a real+secret');
    addSecret('not/a real+secret-and-more');
    const encoded = [
      'not/a real+secret-and-more',
      encodeURIComponent('not/a real+secret'),
      Buffer.from('not/a real+secret').toString('base64'),
    ];
    expect(text(encoded.join(' | '))).toBe('[removed] | [removed] | [removed]');
    expect(fields({ 'not/a real+secret used': 1 })).toEqual({ '[removed] used': 1 });
  });

  it('survives anything that can be thrown at it and stays short', () => {
    const { fields } = createRedactor();
    const loop: Record<string, unknown> = {};
    loop['loop'] = loop;
    const shown = fields({
      loop,
      buffer: Buffer.from('please'),
      map: new Map([['a', 'please']]),
      bare: Object.create(null) as object,
      when: new Date(0),
      never: new Date(Number.NaN),
      long: 'x'.repeat(100_000),
      many: Array.from({ length: 1000 }, (_, index) => index),
      big: 15_555_550_100n,
      nothing: undefined,
      act: () => 1,
    });
    const text = JSON.stringify(shown);
    expect(text).not.toContain('please');
    expect(text.length).toBeLessThan(2000);
    expect(shown).toMatchObject({ when: '1970-01-01T00:00:00.000Z', never: null, big: '•••00' });
  });
});
