/**
 * Cuts one write of the container where SageMaker might: PayloadParts promise neither lines nor characters.
 * About a third of the writes stay whole; the cuts are the same for the same random source.
 */
export function recut(chunk: Uint8Array, random: () => number): Uint8Array[] {
  if (chunk.length < 2 || random() < 0.35) {
    return [chunk];
  }
  const split = splitCharacterAt(chunk);
  // Where the write holds a character of several bytes, half of the cuts go through the middle of one.
  const first = split !== undefined && random() < 0.5 ? split : 1 + Math.floor(random() * (chunk.length - 1));
  const rest = chunk.subarray(first);
  if (rest.length > 1 && random() < 0.3) {
    const second = 1 + Math.floor(random() * (rest.length - 1));
    return [chunk.subarray(0, first), rest.subarray(0, second), rest.subarray(second)];
  }
  return [chunk.subarray(0, first), rest];
}

function splitCharacterAt(chunk: Uint8Array): number | undefined {
  // 10xxxxxx is a byte inside a UTF-8 character.
  for (let at = 1; at < chunk.length; at += 1) if (((chunk[at] ?? 0) & 0xc0) === 0x80) return at;
  return undefined;
}
