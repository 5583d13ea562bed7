import { EventEmitter } from 'node:events';

/** Looked at by the language itself, by promises and by whoever prints a value. */
const harmless: ReadonlySet<string> = new Set(['then', 'toJSON', 'inspect', 'nodeType', 'asymmetricMatch', '$$typeof']);

function refuse(name: string, property: string | symbol): undefined {
  if (typeof property === 'symbol' || harmless.has(property)) return undefined;
  throw new Error(`The stand-in has no electron.${name}.${property}`);
}

/** An object of Electron's that says by name what it lacks, where a plain one would be silently undefined. */
export function provide<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get: (target, property, receiver): unknown =>
      property in target ? Reflect.get(target, property, receiver) : refuse(name, property),
  });
}

/**
 * A class to extend whose instances, and the class itself, say by name what they lack.
 *
 * The refusal stands at the end of the prototype chain, so an instance is the same object inside and outside.
 */
export function emitterNamed(name: string): new () => EventEmitter {
  class Base extends EventEmitter {}
  const end = provide(name, Object.prototype);
  const { constructor: _constructor, ...emitting } = Object.getOwnPropertyDescriptors(EventEmitter.prototype);
  Object.setPrototypeOf(Base.prototype, Object.create(end, emitting) as object);
  Object.setPrototypeOf(Base, provide(name, EventEmitter));
  return Base;
}
