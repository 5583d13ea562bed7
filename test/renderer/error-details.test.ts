import { expect, it } from 'vitest';
import { describeFailure } from '../../renderer/lib/error-details.ts';

const details = (message: string) =>
  describeFailure({
    failure: { code: 'key_refused', message, nextStep: 'Paste another key.' },
    title: 'The key was not saved',
    version: '0.1.0',
    screen: '/settings/connections',
    at: Date.UTC(2027, 2, 15, 15, 20),
  });

it('says everything that helps somebody to help', () => {
  expect(details('Postscript answered 401.').split('\n')).toEqual([
    'What: The key was not saved',
    'Code: key_refused',
    'Message: Postscript answered 401.',
    'Next step: Paste another key.',
    'Screen: /settings/connections',
    'Version: 0.1.0',
    'Time: 2027-03-15T15:20:00.000Z',
  ]);
});

it.each(['sk_live_0123456789abcdef', 'Bearer abcdef0123456789', '+1 (212) 555-0100', '+447700900123', '2125550100'])(
  'leaves out %s',
  (secret) => {
    const text = details(`It does not know ${secret}, as of 2027-03-15.`);
    expect(text).not.toContain(secret);
    expect(text).toContain('as of 2027-03-15');
  },
);
