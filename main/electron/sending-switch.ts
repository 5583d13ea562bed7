import { describeDueNotices } from '../../shared/domain/counts.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { AppError, Result } from '../../shared/result.ts';
import type { MainWindow } from './main-window.ts';
import type { EngineCall } from './shop-watch.ts';

type SwitchDeps = Readonly<{ call: EngineCall; ask: MainWindow['ask'] }>;

export type SendingSwitch = Readonly<{ pause: () => Promise<void>; resume: () => Promise<void> }>;

/** The switch for sending outside the window: off at once, on only after it was said what that sets free. */
export function createSendingSwitch({ call, ask }: SwitchDeps): SendingSwitch {
  const complain = async ({ message, nextStep }: AppError): Promise<void> => {
    await ask({
      type: 'error',
      message: 'Sending could not be switched',
      detail: nextStep === undefined ? message : `${message} ${nextStep}`,
    });
  };
  const setOn = async (on: boolean): Promise<void> => {
    const result = await call('sending.setOn', { on });
    if (!result.ok) await complain(result.error);
  };

  return {
    pause: () => setOn(false),
    resume: async () => {
      const overview = (await call('overview.get', {})) as Result<Output<'overview.get'>>;
      if (!overview.ok) {
        await complain(overview.error);
        return;
      }
      const { response } = await ask({
        type: 'question',
        message: 'Switch sending on?',
        detail: `${describeDueNotices(overview.value.noticesDueNow)} They are handed to Postscript as soon as the send window is open. After that, every trigger that is switched on goes out by itself.`,
        buttons: ['Switch sending on', 'Cancel'],
        defaultId: 0,
        cancelId: 1,
      });
      if (response === 0) await setOn(true);
    },
  };
}
