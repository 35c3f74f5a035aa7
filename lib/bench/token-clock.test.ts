import { expect, test } from "vitest";
import { createTokenClock } from "./token-clock.ts";

function frame(payload: string): Buffer {
  const body = Buffer.from(payload);
  const headers = Buffer.from("\n\n\n");
  const bytes = Buffer.alloc(12 + headers.length + body.length + 4, "\n");
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(headers.length, 4);
  headers.copy(bytes, 12);
  body.copy(bytes, 12 + headers.length);
  return bytes;
}

test("line feeds of payloads count, those of headers and checksums do not, wherever the bytes are cut", () => {
  const bytes = Buffer.concat([frame('{"a":1}\n'), frame("half"), frame(" a line\n\n"), frame("no end")]);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const arrivals: number[] = [];
    const note = createTokenClock(arrivals);
    note(bytes.subarray(0, cut));
    note(bytes.subarray(cut));
    expect(arrivals).toHaveLength(3);
  }
});
