import { describe, expect, it } from 'vitest';
import { checkPostscriptKeyText } from '../../../main/api/postscript/postscript-key-text.ts';
import { checkSmartrrTokenText } from '../../../main/api/smartrr/smartrr-token-text.ts';

const key = 'sk_practice_not_a_real_key';

describe('checkPostscriptKeyText', () => {
  it.each([
    key,
    `  ${key}\n`,
    `"${key}"`,
    `'${key}',`,
    `“${key}”`,
    `Bearer ${key}`,
    `Authorization: Bearer ${key}`,
    'sk_practice_not\n_a_real_key',
    'sk_practice_not\r\n_a_real_key\r\n',
    `\uFEFF${key}\u200B`,
  ])('tidies %j', (raw) => {
    expect(checkPostscriptKeyText(raw)).toEqual({ ok: true, value: key });
  });

  it('lets an unusual prefix through, because formats are not documented', () => {
    expect(checkPostscriptKeyText('ps_something_else_entirely')).toMatchObject({ ok: true });
  });

  it.each([
    ['', 'empty'],
    ['  "" \n', 'empty'],
    ['pk_practice_not_a_real_key', 'public key'],
    ['PK-practice-not-a-real-key', 'public key'],
    ['sk_partner_not_a_real_key', 'partner key'],
    ['sk_practice not_a_real_key', 'spaces'],
    ['sk_practice\tnot_a_real_key', 'spaces'],
    ['sk_practice…', 'shortened'],
    ['sk_practice...', 'shortened'],
    ['sk_••••••••••••', 'shortened'],
    ['sk_************', 'shortened'],
    ['sk_', 'too short'],
    ['sk_abc', 'too short'],
    ['sk_1234567', 'too short'],
    ['sk_практика_not_a_key', 'characters'],
  ])('refuses %j', (raw, reason) => {
    const result = checkPostscriptKeyText(raw);
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    expect(result.ok || result.error.message).toContain(reason);
  });

  it('never repeats what was pasted', () => {
    const raws = ['pk_practice_not_a_real_key', 'sk_partner_not_a_real_key', 'sk_practice not_a_real_key'];
    for (const raw of raws) expect(JSON.stringify(checkPostscriptKeyText(raw))).not.toContain('a_real_key');
  });
});

describe('checkSmartrrTokenText', () => {
  it.each([
    'practice-token-not-real',
    ' "practice-token-not-real"\n',
    'x-smartrr-access-token: practice-token-not-real',
  ])('tidies %j', (raw) => {
    expect(checkSmartrrTokenText(raw)).toEqual({ ok: true, value: 'practice-token-not-real' });
  });

  it.each(['', 'short', 'practice token', 'practice-to…'])('refuses %j', (raw) => {
    expect(checkSmartrrTokenText(raw)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  });
});
