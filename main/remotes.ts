import { fail, ok, type Result } from '../shared/result.ts';

export type Remotes = Readonly<{ postscript: string; smartrr: string }>;

const names = { postscript: 'HEADS_UP_POSTSCRIPT_URL', smartrr: 'HEADS_UP_SMARTRR_URL' } as const;

/**
 * Other addresses for the remote services, from the environment: simulators, for tests and the release check.
 *
 * On this computer only: no variable in somebody's environment may send the shop's keys anywhere else.
 */
export function findRemotes(environment: NodeJS.ProcessEnv): Result<Remotes | null> {
  const postscript = environment[names.postscript] ?? '';
  const smartrr = environment[names.smartrr] ?? '';
  if (postscript === '' && smartrr === '') return ok(null);
  if (!isLoopback(postscript) || !isLoopback(smartrr)) {
    return fail('invalid_input', `${names.postscript} and ${names.smartrr} take http://127.0.0.1:PORT, both or none.`);
  }
  return ok({ postscript, smartrr });
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'http:' && new URL(address).hostname === '127.0.0.1';
}
