type Carried =
  | Readonly<{ kind: 'clone'; value: unknown }>
  | Readonly<{ kind: 'function' | 'promise'; id: number }>
  | Readonly<{ kind: 'list'; items: readonly Carried[] }>
  | Readonly<{ kind: 'record'; entries: readonly (readonly [string, Carried])[] }>;

type Crossing =
  | Readonly<{ kind: 'call'; call: number; id: number; args: readonly Carried[] }>
  | Readonly<{ kind: 'return'; call: number; isOk: boolean; value: Carried }>
  | Readonly<{ kind: 'settled'; id: number; isOk: boolean; value: Carried }>
  | Readonly<{ kind: 'expose'; name: string; value: Carried }>;

type PortOptions = Readonly<{
  sendAs: string;
  hearAs: string;
  /** Puts what the other world exposes where the page finds it. */
  expose: (name: string, value: unknown) => void;
}>;

/**
 * One end of the bridge between the page's world and the preload's, which share the document and nothing else.
 *
 * A crossing is a synchronous event, whose detail Chromium clones from world to world. Functions and promises cross as
 * numbers. Stands alone, since its source is run inside the page, before anything of the page's own: what it uses is
 * taken hold of at once, so that the page cannot put something else in its place.
 */
export function openWorldPort({ sendAs, hearAs, expose }: PortOptions) {
  const { CustomEvent } = globalThis;
  const listen = document.addEventListener.bind(document);
  const dispatch = document.dispatchEvent.bind(document);
  const { getPrototypeOf, freeze, entries, fromEntries } = Object;
  const clone = structuredClone;

  const ours = new Map<number, (...args: unknown[]) => unknown>();
  const numbers = new WeakMap<object, number>();
  const theirs = new Map<number, (...args: unknown[]) => unknown>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const early = new Map<number, Crossing & { kind: 'settled' }>();
  const returns = new Map<number, Crossing & { kind: 'return' }>();
  let next = 1;

  const send = (crossing: Crossing): void => {
    dispatch(new CustomEvent(sendAs, { detail: crossing }));
  };

  const isPlain = (value: object): boolean => {
    const prototype: unknown = getPrototypeOf(value);
    return prototype === null || getPrototypeOf(prototype) === null;
  };

  const cloneOrRefuse = (value: unknown): Carried => {
    try {
      return { kind: 'clone', value: clone(value) };
    } catch {
      throw new Error('An object could not be cloned.');
    }
  };

  const number = (value: object): number => {
    const id = numbers.get(value) ?? next++;
    numbers.set(value, id);
    return id;
  };

  function wrap(value: unknown): Carried {
    if (typeof value === 'function') {
      const id = number(value);
      ours.set(id, value as (...args: unknown[]) => unknown);
      return { kind: 'function', id };
    }
    if (typeof value !== 'object' || value === null) return cloneOrRefuse(value);
    if (value instanceof Promise) {
      const id = next++;
      value.then(
        (result: unknown) => settle(id, true, result),
        (error: unknown) => settle(id, false, error),
      );
      return { kind: 'promise', id };
    }
    if (Array.isArray(value)) return { kind: 'list', items: value.map(wrap) };
    if (isPlain(value)) return { kind: 'record', entries: entries(value).map(([key, entry]) => [key, wrap(entry)]) };
    return cloneOrRefuse(value);
  }

  function settle(id: number, isOk: boolean, result: unknown): void {
    try {
      send({ kind: 'settled', id, isOk, value: wrap(result) });
    } catch (error) {
      send({ kind: 'settled', id, isOk: false, value: wrap(error) });
    }
  }

  function unwrap(carried: Carried): unknown {
    switch (carried.kind) {
      case 'clone':
        return carried.value;
      case 'list':
        return freeze(carried.items.map(unwrap));
      case 'record':
        return freeze(fromEntries(carried.entries.map(([key, entry]) => [key, unwrap(entry)])));
      case 'function': {
        const proxy = theirs.get(carried.id) ?? freeze((...args: unknown[]) => callTheirs(carried.id, args));
        theirs.set(carried.id, proxy);
        return proxy;
      }
      case 'promise': {
        const promise = Promise.withResolvers<unknown>();
        waiting.set(carried.id, promise);
        const settled = early.get(carried.id);
        if (settled !== undefined) hear(settled);
        return promise.promise;
      }
    }
  }

  function callTheirs(id: number, args: readonly unknown[]): unknown {
    const call = next++;
    send({ kind: 'call', call, id, args: args.map(wrap) });
    const answer = returns.get(call);
    returns.delete(call);
    if (answer === undefined) throw new Error('The other world is gone');
    if (!answer.isOk) throw unwrap(answer.value);
    return unwrap(answer.value);
  }

  function answerCall({ call, id, args }: Crossing & { kind: 'call' }): void {
    try {
      const value = wrap(ours.get(id)?.(...args.map(unwrap)));
      send({ kind: 'return', call, isOk: true, value });
    } catch (error) {
      send({ kind: 'return', call, isOk: false, value: wrap(error) });
    }
  }

  function hear(crossing: Crossing): void {
    switch (crossing.kind) {
      case 'call':
        answerCall(crossing);
        break;
      case 'return':
        returns.set(crossing.call, crossing);
        break;
      case 'settled': {
        const promise = waiting.get(crossing.id);
        if (promise === undefined) early.set(crossing.id, crossing);
        else if (crossing.isOk) promise.resolve(unwrap(crossing.value));
        else promise.reject(unwrap(crossing.value) as Error);
        waiting.delete(crossing.id);
        break;
      }
      case 'expose':
        expose(crossing.name, unwrap(crossing.value));
        break;
    }
  }

  listen(hearAs, (event) => hear((event as CustomEvent<Crossing>).detail));
  return {
    exposeInOtherWorld: (name: string, value: unknown) => send({ kind: 'expose', name, value: wrap(value) }),
  };
}
