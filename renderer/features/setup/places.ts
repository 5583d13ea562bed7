import { connectingSteps, firstRunSteps, type FirstRunStep } from '../../../shared/domain/first-run.ts';

/** Where a person can be in the first run: at one of its steps, or behind the last one. */
export type SetupPlace = FirstRunStep | 'end';

export const stepLabels: Readonly<Record<FirstRunStep, string>> = {
  welcome: 'What it does',
  postscript: 'Postscript',
  smartrr: 'Smartrr',
  timing: 'When to text',
  sync: 'First reading',
  forecast: 'What will be sent',
  sending: 'Start sending',
};

/** The first step that is not done; the end when all are. */
export function currentPlace(doneSteps: readonly FirstRunStep[]): SetupPlace {
  return firstRunSteps.find((step) => !doneSteps.includes(step)) ?? 'end';
}

export function placeAfter(step: FirstRunStep): SetupPlace {
  return firstRunSteps[firstRunSteps.indexOf(step) + 1] ?? 'end';
}

export function placeBefore(step: FirstRunStep): FirstRunStep | undefined {
  return firstRunSteps[firstRunSteps.indexOf(step) - 1];
}

/** Every step may be visited again, and gone to ahead; but nothing goes past a connection that is missing. */
export function isReachable(place: SetupPlace, doneSteps: readonly FirstRunStep[]): boolean {
  const until = place === 'end' ? firstRunSteps.length : firstRunSteps.indexOf(place);
  return connectingSteps.every((step) => firstRunSteps.indexOf(step) >= until || doneSteps.includes(step));
}

export function pathOf(place: SetupPlace): string {
  return `/setup/${place}`;
}

export function isPlace(text: string | undefined): text is SetupPlace {
  return text === 'end' || firstRunSteps.some((step) => step === text);
}
