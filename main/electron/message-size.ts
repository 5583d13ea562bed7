/** Characters, as in a call of the browser host. */
const mostCharacters = 1_048_576;

/** Whether an input is more than any screen sends: long, wide, deep without end, or a circle. Looks no further than it must. */
export function isTooLarge(input: unknown): boolean {
  let left = mostCharacters;
  const waiting: unknown[] = [input];
  while (waiting.length > 0) {
    const value = waiting.pop();
    left -= 1;
    if (typeof value === 'string') left -= value.length;
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) left -= value.byteLength;
    else if (Array.isArray(value)) {
      // Before its members are listed: so many take their time.
      if (value.length > left) return true;
      for (const inner of value) waiting.push(inner);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        left -= name.length;
        waiting.push(inner);
      }
    }
    if (left < 0) return true;
  }
  return false;
}
