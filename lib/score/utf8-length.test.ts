import { describe, expect, it } from "vitest";
import { utf8Length } from "./utf8-length.ts";

const PIECES = [
  "a",
  " ",
  "é",
  "ß",
  "א",
  "—",
  "€",
  "語",
  "\uFFFD",
  "😀",
  "👩‍👩‍👧",
  "\uD83D",
  "\uDE00",
  "\u0000",
  "\u07ff",
  "\u0800",
  "\uffff",
];

describe("utf8Length", () => {
  it("counts what an encoder writes, also for broken pairs", () => {
    let seed = 7;
    for (let round = 0; round < 2_000; round += 1) {
      let text = "";
      for (let length = round % 9; length > 0; length -= 1) {
        seed = (seed * 48_271) % 2_147_483_647;
        text += PIECES[seed % PIECES.length] ?? "";
      }
      expect(utf8Length(text), JSON.stringify(text)).toBe(new TextEncoder().encode(text).length);
    }
  });
});
