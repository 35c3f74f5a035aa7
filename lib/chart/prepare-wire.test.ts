import { expect, it } from "vitest";
import { prepareWire } from "./prepare-wire.ts";

const line = { raw: "{}", at: 0, part: 0, malformed: false, frames: null, firstToken: null, tokens: 0 };

it("numbers frames through the run, and shows which lines share or span them", () => {
  const overview = prepareWire([
    { ...line, at: 10, frames: { sizes: [8] } },
    { ...line, at: 10 },
    { ...line, at: 25, frames: { sizes: [2, 3, 4], begun: 2, splits: 1 } },
    { ...line, at: null },
  ]);
  expect(overview.rows.map(({ firstFrame, lastFrame, gap }) => [firstFrame, lastFrame, gap])).toEqual([
    [1, 1, null],
    [1, 1, 0],
    [2, 4, 15],
    [4, 4, null],
  ]);
  expect(overview).toMatchObject({ frames: 4, bytes: 17, cutLines: 1, splitCharacters: 1, longestGap: 15 });
});

it("claims nothing about frames that nobody recorded", () => {
  expect(prepareWire([line])).toMatchObject({
    frames: null,
    rows: [{ firstFrame: null, lastFrame: null, gap: null }],
  });
});
