import { expect, it } from "vitest";
import { shareFrameMark } from "./share-frame-mark.ts";

it("answers with one object for marks of one frame of one size, and with what was said in any case", () => {
  const first = shareFrameMark({ sizes: [118] });
  expect(shareFrameMark({ sizes: [118] })).toBe(first);
  for (const mark of [
    { sizes: [118] },
    { sizes: [119] },
    { sizes: [118, 118] },
    { sizes: [] },
    { sizes: [118], begun: 1 },
    { sizes: [118], splits: 1 },
  ]) {
    expect(shareFrameMark({ ...mark })).toEqual(mark);
  }
});

it("keeps no more than it has room for", () => {
  for (let size = 0; size < 6_000; size += 1) shareFrameMark({ sizes: [size] });
  const late = { sizes: [5_999] };
  expect(shareFrameMark(late)).toBe(late);
  expect(shareFrameMark({ sizes: [7] })).toBe(shareFrameMark({ sizes: [7] }));
});
