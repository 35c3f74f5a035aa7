const LINE_FEED = 0x0a;
const PRELUDE = 12;
const CHECKSUM = 4;

/**
 * Takes the bytes of an event stream and notes when each line of its payload ended: a line is a token. It looks at no
 * more than it must, since who measures shares the machine with what is measured.
 */
export function createTokenClock(arrivals: number[]): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const now = performance.now();
    // Parts of a token come in one write, so a frame is rarely torn.
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    // A frame: its length, the length of its headers, a checksum, headers, payload, a checksum.
    while (bytes.length - start >= PRELUDE) {
      const end = start + bytes.readUInt32BE(start);
      if (end > bytes.length) break;
      const payload = start + PRELUDE + bytes.readUInt32BE(start + 4);
      let feed = bytes.indexOf(LINE_FEED, payload);
      while (feed >= 0 && feed < end - CHECKSUM) {
        arrivals.push(now);
        feed = bytes.indexOf(LINE_FEED, feed + 1);
      }
      start = end;
    }
    rest = bytes.subarray(start);
  };
}
