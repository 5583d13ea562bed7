/** What happened and what to do next, in words for the merchant. */
export type Advice = Readonly<{ message: string; nextStep: string }>;

const tryLater = 'Heads Up looks again by itself within an hour.';
const byHand = 'Try it again. If it stays, install the newer version by hand over this one.';

const unreachable: Advice = {
  message: 'The update feed could not be reached.',
  nextStep: `Check the internet connection. ${tryLater}`,
};

/** By electron-updater's own codes, and those of the operating system. */
const known: Readonly<Record<string, Advice>> = {
  ERR_CHECKSUM_MISMATCH: {
    message: 'The downloaded file is not the one that the release names, so it was thrown away.',
    nextStep: byHand,
  },
  ERR_UPDATER_INVALID_SIGNATURE: {
    message: 'The downloaded file is not signed by the maker of this app, so it was thrown away.',
    nextStep: 'Do not install it by hand either. Try it again when there is another release.',
  },
  ERR_UPDATER_CHANNEL_FILE_NOT_FOUND: {
    message: 'The update feed has no release for this kind of computer.',
    nextStep: tryLater,
  },
  ERR_UPDATER_LATEST_VERSION_NOT_FOUND: { message: 'The update feed has no release yet.', nextStep: tryLater },
  ENOSPC: { message: 'The disk is full.', nextStep: 'Free some space and try it again.' },
  EACCES: {
    message: 'Heads Up cannot replace its own file here.',
    nextStep: 'Move it to a folder of yours and start it from there, or install the newer version by hand.',
  },
};
const alike: Readonly<Record<string, string>> = {
  ERR_UPDATER_NO_PUBLISHED_VERSIONS: 'ERR_UPDATER_LATEST_VERSION_NOT_FOUND',
  ENOENT: 'EACCES',
  EPERM: 'EACCES',
  EROFS: 'EACCES',
};
const networkCodes = /^(?:ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/;
const networkMessages = /net::ERR_|timed out|aborted by the server/;

/** Why an update did not work. The technical message is for the log. */
export function describeUpdateFailure(error: Error): Advice {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const advice = known[alike[code] ?? code];
  if (advice !== undefined) return advice;
  if (networkCodes.test(code) || networkMessages.test(error.message)) return unreachable;
  return {
    message: 'The update feed gave an answer that cannot be used.',
    nextStep: `${byHand} The details are in the log.`,
  };
}
