import { expect, it } from 'vitest';
import { createSendingSwitch } from '../../../main/electron/sending-switch.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

type Box = Readonly<{ message: string; detail?: string }>;

function setUp({ answer = 0, noticesDueNow = 12, refusal = null as Result<never> | null } = {}) {
  const calls: unknown[] = [];
  const boxes: Box[] = [];
  const sending = createSendingSwitch({
    call: (channel, input) => {
      if (refusal !== null) return Promise.resolve(refusal);
      if (channel === 'overview.get') return Promise.resolve(ok({ noticesDueNow }));
      calls.push({ channel, input });
      return Promise.resolve(ok({}));
    },
    ask: (box) => {
      boxes.push(box);
      return Promise.resolve({ response: answer, checkboxChecked: false });
    },
  });
  return { sending, calls, boxes };
}

it('pauses at once, without a question', async () => {
  const { sending, calls, boxes } = setUp();
  await sending.pause();
  expect(calls).toEqual([{ channel: 'sending.setOn', input: { on: false } }]);
  expect(boxes).toEqual([]);
});

it('says how many notices go out first before it resumes', async () => {
  const { sending, calls, boxes } = setUp();
  await sending.resume();
  expect(boxes).toMatchObject([
    { detail: expect.stringContaining('12 notices are due now and would go out first.') as string },
  ]);
  expect(calls).toEqual([{ channel: 'sending.setOn', input: { on: true } }]);
});

it('stays off when the question is answered with no', async () => {
  const { sending, calls } = setUp({ answer: 1 });
  await sending.resume();
  expect(calls).toEqual([]);
});

it('says why sending could not be switched, and what to do', async () => {
  const { sending, boxes } = setUp({
    refusal: fail('not_connected', 'Postscript is not connected.', 'Paste the key.'),
  });
  await sending.pause();
  await sending.resume();
  const box = { message: 'Sending could not be switched', detail: 'Postscript is not connected. Paste the key.' };
  expect(boxes).toMatchObject([box, box]);
});
