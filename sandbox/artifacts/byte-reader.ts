/** Takes bytes in order out of chunks of any length, and counts them. */
export type ByteReader = {
  /** The next `count` bytes; fewer where the chunks end before. */
  take(count: number): Promise<Buffer>;
  /** Passes over `count` bytes without keeping them; whether all of them were there. */
  skip(count: number): Promise<boolean>;
  /** How many bytes the chunks had so far. */
  seen(): number;
};

/** Reads chunks; the iteration is left to whoever opened it. Throws what the chunks throw. */
export function readBytes(chunks: AsyncIterator<Uint8Array>): ByteReader {
  let rest: Uint8Array = Buffer.alloc(0);
  let seen = 0;

  async function fill(): Promise<boolean> {
    while (rest.length === 0) {
      const next = await chunks.next();
      if (next.done === true) return false;
      rest = next.value;
      seen += rest.length;
    }
    return true;
  }

  async function pass(count: number, keep: (bytes: Uint8Array) => void): Promise<boolean> {
    for (let left = count; left > 0; ) {
      if (!(await fill())) return false;
      const part = rest.subarray(0, left);
      keep(part);
      rest = rest.subarray(part.length);
      left -= part.length;
    }
    return true;
  }

  return {
    async take(count) {
      const parts: Uint8Array[] = [];
      await pass(count, (part) => parts.push(part));
      return Buffer.concat(parts);
    },
    skip: (count) => pass(count, () => undefined),
    seen: () => seen,
  };
}
