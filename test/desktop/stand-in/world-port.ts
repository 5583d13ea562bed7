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
 * numbers. Stands alone, since its source is run inside the page, before anything of the page's own: the methods that it
 * uses are taken hold of at once, so that the page cannot put others in their place.
 */
export function openWorldPort({ sendAs, hearAs, expose }: PortOptions) {
  const { CustomEvent } = globalThis;
  const listen = document.addEventListener.bind(document);
  const dispatch = document.dispatchEvent.bind(document);
  const { getPrototypeOf, freeze, entries } = Object;
  const { apply } = Reflect;
  const { isArray } = Array;
  const then: (...args: never[]) => unknown = Reflect.get(Promise.prototype, 'then');
  const clone = structuredClone;

  const table = <Value>() => {
    const kept = new Map<number, Value>();
    return { get: kept.get.bind(kept), set: kept.set.bind(kept), delete: kept.delete.bind(kept) };
  };
  const ours = table<(...args: unknown[]) => unknown>();
  const theirs = table<(...args: unknown[]) => unknown>();
  const waiting = table<PromiseWithResolvers<unknown>>();
  const early = table<Crossing & { kind: 'settled' }>();
  const returns = table<Crossing & { kind: 'return' }>();
  const numbered = new WeakMap<object, number>();
  const numbers = { get: numbered.get.bind(numbered), set: numbered.set.bind(numbered) };
  let next = 1;

  const send = (crossing: Crossing): void => {
    dispatch(new CustomEvent(sendAs, { detail: crossing }));
  };

  const isPlain = (value: object): boolean => {
    const prototype: unknown = getPrototypeOf(value);
    return prototype === null || getPrototypeOf(prototype) === null;
  };

  const each = <In, Out>(list: readonly In[], change: (item: In) => Out): Out[] => {
    const changed: Out[] = [];
    for (let place = 0; place < list.length; place += 1) changed[place] = change(list[place] as In);
    return changed;
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
      apply(then, value, [(result: unknown) => settle(id, true, result), (error: unknown) => settle(id, false, error)]);
      return { kind: 'promise', id };
    }
    if (isArray(value)) return { kind: 'list', items: each(value, wrap) };
    if (isPlain(value)) return { kind: 'record', entries: each(entries(value), (pair) => [pair[0], wrap(pair[1])]) };
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
        return freeze(each(carried.items, unwrap));
      case 'record': {
        const record: Record<string, unknown> = {};
        each(carried.entries, (pair) => (record[pair[0]] = unwrap(pair[1])));
        return freeze(record);
      }
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
    send({ kind: 'call', call, id, args: each(args, wrap) });
    const answer = returns.get(call);
    returns.delete(call);
    if (answer === undefined) throw new Error('The other world is gone');
    if (!answer.isOk) throw unwrap(answer.value);
    return unwrap(answer.value);
  }

  function answerCall({ call, id, args }: Crossing & { kind: 'call' }): void {
    try {
      const act = ours.get(id);
      const value = wrap(act === undefined ? undefined : apply(act, undefined, each(args, unwrap)));
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
