import { toError } from '../shared/result.ts';

/** Why a port cannot be listened at, with what to do, in words for whoever started the program. */
export function toPortProblem(thrown: unknown, port: number, setting: string): Error {
  const error = toError(thrown);
  const code = 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE')
    return new Error(`Another program uses the port ${port}. End it, or choose another port with ${setting}.`, {
      cause: error,
    });
  if (code === 'EACCES')
    return new Error(`The system does not give the port ${port} to your user. Choose another with ${setting}.`, {
      cause: error,
    });
  return error;
}
