import { firstRunSteps, type FirstRunStep } from '../../shared/domain/first-run.ts';

export type FirstRunFacts = Readonly<{
  isConnected: (name: 'postscript' | 'smartrr') => boolean;
  isSynced: boolean;
  isSendingOn: boolean;
  isConfirmed: (step: FirstRunStep) => boolean;
}>;

/**
 * Which steps of the first run are behind the merchant. Pure.
 *
 * Facts decide wherever there are any, so that a key that is removed brings its step back; what leaves no fact behind
 * was confirmed by a person.
 */
export function findDoneSteps({ isConnected, isSynced, isSendingOn, isConfirmed }: FirstRunFacts): FirstRunStep[] {
  const facts: Record<FirstRunStep, boolean> = {
    welcome: isConfirmed('welcome') || isConnected('postscript'),
    postscript: isConnected('postscript'),
    smartrr: isConnected('smartrr'),
    timing: isConfirmed('timing') || isSendingOn,
    sync: isConfirmed('sync') || isSynced,
    forecast: isConfirmed('forecast') || isSendingOn,
    sending: isConfirmed('sending') || isSendingOn,
  };
  return firstRunSteps.filter((step) => facts[step]);
}
