import { expect, it } from 'vitest';
import { parseFlags } from '../../../main/electron/flags.ts';

it('takes the flags of a second start as they are', () => {
  expect(parseFlags({ isHidden: true, isPractice: false })).toEqual({ isHidden: true, isPractice: false });
});

it.each([undefined, null, {}, { isHidden: 'yes', isPractice: true }, []])(
  'takes a start that brings no flags for somebody who wants to see the window: %j',
  (data) => {
    expect(parseFlags(data)).toEqual({ isHidden: false, isPractice: false });
  },
);
