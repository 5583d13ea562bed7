import type { Protocol } from 'electron';
import { provide } from './refuse-missing.ts';

type Handler = (request: Request) => Response | Promise<Response>;

export type ProtocolHandlers = Readonly<{
  schemes: () => ReadonlySet<string>;
  find: (url: string) => Handler | undefined;
}>;

const privileged = new Set<string>();
const handlers = new Map<string, Handler>();

export const protocolHandlers: ProtocolHandlers = {
  schemes: () => privileged,
  find: (url) => (URL.canParse(url) ? handlers.get(new URL(url).protocol.slice(0, -1)) : undefined),
};

type Provided = Pick<Protocol, 'registerSchemesAsPrivileged' | 'isProtocolHandled' | 'handle' | 'unhandle'>;

/** `isReady` is the app's: schemes are registered before, handlers after. */
export function createProtocol(isReady: () => boolean): Provided {
  return provide<Provided>('protocol', {
    registerSchemesAsPrivileged: (schemes) => {
      if (isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
      for (const { scheme, privileges } of schemes) {
        if (privileges?.standard === true && privileges.secure === true) privileged.add(scheme);
        else throw new Error(`The stand-in serves a scheme that is standard and secure; ${scheme} is not`);
      }
    },
    handle: (scheme, handler) => {
      if (!isReady()) throw new Error('protocol.handle should be called after app is ready');
      if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      handlers.set(scheme, handler);
    },
    unhandle: (scheme) => void handlers.delete(scheme),
    isProtocolHandled: (scheme) => handlers.has(scheme),
  });
}
