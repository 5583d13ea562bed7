/** A value that passed the structured clone algorithm, as text. Each entry is one object; the first is the whole. */
type Node = readonly [kind: string, content: unknown];

/**
 * Writes down what structuredClone lets through: undefined, dates, maps, sets, bigints, typed arrays, errors, cycles.
 *
 * Stands alone, since its source is also run inside the page.
 */
export function encodeClone(value: unknown): string {
  const nodes: Node[] = [];
  const known = new Map<object, number>();

  const toBase64 = (buffer: ArrayBufferLike, from = 0, length = buffer.byteLength): string => {
    let text = '';
    for (const byte of new Uint8Array(buffer, from, length)) text += String.fromCodePoint(byte);
    return btoa(text);
  };

  const describe = (object: object): Node => {
    if (object instanceof Date) return ['date', object.getTime()];
    if (object instanceof RegExp) return ['regexp', [object.source, object.flags]];
    if (object instanceof Map) return ['map', [...object].map(([key, entry]) => [put(key), put(entry)])];
    if (object instanceof Set) return ['set', [...object].map(put)];
    if (object instanceof Error) return ['error', [object.name, object.message, object.stack ?? '']];
    if (object instanceof ArrayBuffer) return ['buffer', toBase64(object)];
    if (ArrayBuffer.isView(object)) {
      return [object.constructor.name, toBase64(object.buffer, object.byteOffset, object.byteLength)];
    }
    if (Array.isArray(object)) return ['array', object.map(put)];
    const name = Object.prototype.toString.call(object);
    if (name !== '[object Object]') throw new Error(`The stand-in cannot carry ${name}`);
    return ['object', Object.entries(object).map(([key, entry]) => [key, put(entry)])];
  };

  function put(entry: unknown): unknown {
    if (typeof entry === 'object' && entry !== null) {
      const seen = known.get(entry);
      if (seen !== undefined) return [seen];
      const place = nodes.length;
      known.set(entry, place);
      nodes.push(['', null]);
      nodes[place] = describe(entry);
      return [place];
    }
    if (typeof entry === 'string' || typeof entry === 'boolean' || entry === null) return entry;
    // Numbers too: JSON knows no NaN, no Infinity and no -0.
    return { [typeof entry]: Object.is(entry, -0) ? '-0' : String(entry as number | bigint | undefined) };
  }

  const root = put(value);
  return JSON.stringify({ root, nodes });
}

/** The other way round. Stands alone, as above. */
export function decodeClone(text: string): unknown {
  const { root, nodes } = JSON.parse(text) as { root: unknown; nodes: Node[] };
  const made = new Map<number, object>();

  const toBuffer = (base64: string): ArrayBuffer =>
    Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0).buffer;

  const errors: Readonly<Record<string, ErrorConstructor>> = {
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  };

  function build(place: number): object {
    const before = made.get(place);
    if (before !== undefined) return before;
    const [kind, content] = nodes[place] ?? ['', null];
    const keep = <T extends object>(object: T): T => {
      made.set(place, object);
      return object;
    };
    if (kind === 'date') return keep(new Date(content as number));
    if (kind === 'buffer') return keep(toBuffer(content as string));
    if (kind === 'regexp') return keep(new RegExp(...(content as [string, string])));
    if (kind === 'error') {
      const [name = '', message = '', stack = ''] = content as string[];
      return keep(Object.assign(new (errors[name] ?? Error)(message), { stack }));
    }
    if (kind === 'map') {
      const map = keep(new Map<unknown, unknown>());
      for (const [key, entry] of content as [unknown, unknown][]) map.set(take(key), take(entry));
      return map;
    }
    if (kind === 'set') {
      const set = keep(new Set<unknown>());
      for (const entry of content as unknown[]) set.add(take(entry));
      return set;
    }
    if (kind === 'array') {
      const array = keep<unknown[]>([]);
      for (const entry of content as unknown[]) array.push(take(entry));
      return array;
    }
    if (kind === 'object') {
      const object = keep<Record<string, unknown>>({});
      for (const [key, entry] of content as [string, unknown][]) object[key] = take(entry);
      return object;
    }
    const View = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => object>)[kind];
    // What was a Buffer of Node's arrives as the array that it extends.
    return keep(new (View ?? Uint8Array)(toBuffer(content as string)));
  }

  function take(entry: unknown): unknown {
    if (Array.isArray(entry)) return build(Number(entry[0]));
    if (typeof entry !== 'object' || entry === null) return entry;
    const { bigint, number } = entry as { bigint?: string; number?: string };
    if (bigint !== undefined) return BigInt(bigint);
    return number === undefined ? undefined : Number(number);
  }

  return take(root);
}
