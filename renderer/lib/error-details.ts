import type { AppError } from '../../shared/result.ts';

export type DetailsOf = Readonly<{ failure: AppError; title: string; version: string; screen: string; at: number }>;

/** A key or token as services print them, and any number long enough to be a phone's. */
const secrets = /\b(?:sk|pk|shpat|Bearer)[_ ][\w-]{6,}/gi;
const phones = /\+?\d(?:[\s().-]{0,3}\d){9,}/g;

/** What a person may paste into a message to whoever helps them: everything about a failure, and nobody's data. */
export function describeFailure({ failure, title, version, screen, at }: DetailsOf): string {
  const { code, message, nextStep } = failure;
  return [
    `What: ${title}`,
    `Code: ${code}`,
    `Message: ${message}`,
    `Next step: ${nextStep}`,
    `Screen: ${screen}`,
    `Version: ${version}`,
  ]
    .map((line) => line.replace(secrets, '[removed]').replace(phones, '[number]'))
    .concat(`Time: ${new Date(at).toISOString()}`)
    .join('\n');
}
