import { describe, expect, it } from "vitest";
import { createPlainTextParser } from "./read-plain-text.ts";

const BODY = '{"token": {"text": "no"}}\n\nשלום, 👋🏽 é\r\ndata: [DONE]';
const BYTES = new TextEncoder().encode(BODY);

function read(...pieces: Uint8Array[]) {
  const parser = createPlainTextParser();
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
}

function textOf(events: ReturnType<typeof read>): string {
  return events.map((event) => (event.type === "token" ? event.text : "")).join("");
}

describe("createPlainTextParser", () => {
  it("takes a body for its text, also where it looks like a dialect", () => {
    expect(read(BYTES)).toEqual([
      {
        type: "token",
        id: null,
        text: BODY,
        logProb: null,
        logProbNote: "not-sent",
        special: false,
        counts: true,
        raw: BODY,
      },
      { type: "end", rawReason: null, generatedText: BODY },
    ]);
  });

  it("gives the same text wherever the bytes are cut", () => {
    for (let cut = 0; cut <= BYTES.length; cut += 1) {
      expect(textOf(read(BYTES.subarray(0, cut), BYTES.subarray(cut)))).toBe(BODY);
    }
    expect(textOf(read(...Array.from(BYTES, (byte) => Uint8Array.of(byte))))).toBe(BODY);
  });

  it("marks what is no UTF-8, and a character that never became whole", () => {
    expect(textOf(read(Uint8Array.of(0x61, 0xff, 0x62), Uint8Array.of(0xf0, 0x9f)))).toBe("a\uFFFDb\uFFFD");
  });

  it("says nothing but the end of an empty body", () => {
    expect(read()).toEqual([{ type: "end", rawReason: null, generatedText: "" }]);
  });
});
