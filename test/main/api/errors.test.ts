import { describe, expect, it } from 'vitest';
import { cutText, parseErrorAnswer, parseRetryAfter } from '../../../main/api/errors.ts';

function parse(status: number, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return parseErrorAnswer({ service: 'Postscript', status, text, retryAfter: null, date: null, now: 0 });
}

describe('error bodies', () => {
  it('reads shape A: code and message', () => {
    const body = { error_code: 3002, error_message: 'Rate limit exceeded', success: false };
    expect(parse(429, body)).toEqual({
      kind: 'rate_limited',
      status: 429,
      message: 'Postscript answered 429: Rate limit exceeded (3002)',
      fieldErrors: [],
      retryAfterMs: null,
      body: JSON.stringify(body),
    });
  });

  it('reads shape B: a list with the place of each error', () => {
    const errors = [
      { loc: ['body', 'type'], msg: 'field required', type: 'value_error.missing' },
      { loc: ['body', 'properties', 0, 'name'], msg: 'too long', type: 'value_error' },
    ];
    expect(parse(400, { errors })).toMatchObject({
      kind: 'rejected',
      message: 'Postscript answered 400: field required; too long',
      fieldErrors: [
        { field: 'type', message: 'field required' },
        { field: 'properties.0.name', message: 'too long' },
      ],
    });
  });

  it('reads shape B in its other spelling, and without a place', () => {
    expect(parse(400, { errors: [{ ctx: {}, log: ['phone'], msg: 'bad phone', type: 'x' }] }).fieldErrors).toEqual([
      { field: 'phone', message: 'bad phone' },
    ]);
    const denied = { errors: [{ loc: [], msg: 'Access denied.', type: 'v2.access_denied' }] };
    expect(parse(403, denied)).toMatchObject({
      kind: 'plan_refused',
      message: 'Postscript answered 403: Access denied.',
      fieldErrors: [],
    });
  });

  it('reads shape C: an error in words', () => {
    expect(parse(403, { error: 'You do not have permission to do that.' }).message).toBe(
      'Postscript answered 403: You do not have permission to do that.',
    );
  });

  it.each(['{}', '', '   ', 'null', '[]', '7', 'true'])(
    'is left with the status when the body is %j (shape D)',
    (body) => {
      expect(parse(400, body)).toMatchObject({ kind: 'rejected', message: 'Postscript answered 400', fieldErrors: [] });
    },
  );

  it('does not repeat a web page in the message, but keeps it (shape E)', () => {
    expect(parse(502, '<html>\n<h1>Bad gateway</h1></html>')).toMatchObject({
      kind: 'server_error',
      message: 'Postscript answered 502: a web page instead of data',
      body: '<html>\n<h1>Bad gateway</h1></html>',
    });
  });

  it('repeats plain text on one line (shape E)', () => {
    expect(parse(401, 'Not\n  authorised').message).toBe('Postscript answered 401: Not authorised');
  });

  it.each([
    [{ error: { code: 'invalid_key', message: 'No such key', request_id: 'r1' } }, 'No such key (invalid_key)'],
    [{ message: 'Nothing here' }, 'Nothing here'],
    [{ detail: 'Not found' }, 'Not found'],
    [{ errors: ['first', 'second'] }, 'first; second'],
    [{ error_code: 3001 }, 'code 3001'],
    [
      { message: 'Unprocessable', status: 422, error: { code: 'SKIP_DATE', message: 'No order on that date' } },
      'No order on that date (SKIP_DATE); Unprocessable',
    ],
  ])('reads %j', (body, words) => {
    expect(parse(422, body).message).toBe(`Postscript answered 422: ${words}`);
  });

  it('reads a list of field errors under detail', () => {
    const detail = [{ loc: ['query', 'page'], msg: 'not a number', type: 'type_error' }];
    expect(parse(422, { detail }).fieldErrors).toEqual([{ field: 'page', message: 'not a number' }]);
  });

  it('survives a body made to hurt', () => {
    const wide = {
      errors: Array.from({ length: 5000 }, (_, index) => ({ loc: ['body', `f${index}`], msg: 'x'.repeat(999) })),
    };
    expect(parse(400, { error: { error: { error: { error: { error: { error: 'deep' } } } } } }).message).toBe(
      'Postscript answered 400',
    );
    const result = parse(400, wide);
    expect(result.fieldErrors).toHaveLength(20);
    expect(result.message.length).toBeLessThan(400);
    expect(result.body).toHaveLength(2000);
  });

  it('says that nothing arrived when the body broke off at once', () => {
    const error = parseErrorAnswer({
      service: 'Smartrr',
      status: 500,
      text: null,
      retryAfter: null,
      date: null,
      now: 0,
    });
    expect(error).toMatchObject({ kind: 'server_error', message: 'Smartrr answered 500', body: null });
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 1, 12, 0, 0);

  it.each([
    ['0', 0],
    ['7', 7000],
    [' 120 ', 120_000],
    ['1.5', 1500],
    ['999999999', 86_400_000],
    ['Sun, 01 Nov 2026 12:00:30 GMT', 30_000],
    ['Sun, 01 Nov 2026 11:00:00 GMT', 0],
  ])('reads %j as %i ms', (header, ms) => {
    expect(parseRetryAfter(header, null, now)).toBe(ms);
  });

  it.each([null, '', '-5', 'soon', '1e3', '0x10', '2026-11-01', 'Sun, 99 Nov 2026 25:00:00 GMT', 'Infinity', 'NaN'])(
    'ignores %j',
    (header) => {
      expect(parseRetryAfter(header, null, now)).toBeNull();
    },
  );

  it("measures a date by the server's own clock, which may differ from ours", () => {
    const date = 'Sun, 01 Nov 2026 15:00:00 GMT';
    expect(parseRetryAfter('Sun, 01 Nov 2026 15:01:00 GMT', date, now)).toBe(60_000);
  });
});

it('never cuts an emoji in half', () => {
  expect(cutText('abc😀', 4)).toBe('abc');
  expect(cutText('abc😀', 5)).toBe('abc😀');
});
