import { expect, it } from "vitest";
import { compareVersions, isVersionIn } from "./versions.ts";

it("orders by number, not by letter", () => {
  expect(["0.36.0", "0.9.0", "0.26.0", "1.0.0"].toSorted(compareVersions)).toEqual([
    "0.9.0",
    "0.26.0",
    "0.36.0",
    "1.0.0",
  ]);
});

it.each([
  ["0.26.0", "0.25.0-0.32.0", undefined, true],
  ["0.33.0", "0.25.0-0.32.0", undefined, false],
  ["0.32.0", "0.25.0-0.32.0", undefined, true],
  ["0.36.0", "0.33.0-", undefined, true],
  ["0.32.0", "0.33.0-", undefined, false],
  ["0.26.0", "-0.26.0 (code)", undefined, true],
  ["0.27.0", "-0.26.0 (honoured), later only parsed", undefined, false],
  ["0.26.0", "0.26.0", undefined, true],
  ["0.27.0", "0.26.0", undefined, false],
  ["0.29.0", "0.27.0, 0.30.0-0.34.0 (0.28/0.29 code: other name)", undefined, false],
  ["0.31.0", "0.27.0, 0.30.0-0.34.0 (0.28/0.29 code: other name)", undefined, true],
  ["0.26.0", "0.26.0- (vllm), 0.27.0- (lmi-dist)", "vllm", true],
  ["0.26.0", "0.26.0- (vllm), 0.27.0- (lmi-dist)", "lmi-dist", false],
  ["0.26.0", "0.26.0- (vllm), 0.27.0- (lmi-dist)", undefined, true],
  ["0.28.0", "0.25.0- (deepspeed to 0.27.0)", "deepspeed", false],
  ["0.28.0", "0.25.0- (deepspeed to 0.27.0)", "vllm", true],
  ["0.36.0", "0.36.0 (v19)-", undefined, true],
  ["0.35.0", "0.35.0/0.36.0-", undefined, true],
  ["0.32.0", "0.30.0-0.31.0 (named properties), later only through pass-through", undefined, false],
  [
    "0.33.0",
    "0.33.0 (code; class also present in 0.35/0.36 branches without a published image)",
    undefined,
    true,
  ],
  [
    "0.36.0",
    "0.33.0 (code; class also present in 0.35/0.36 branches without a published image)",
    undefined,
    false,
  ],
  ["0.30.0", "all", undefined, true],
  ["0.27.0", "0.25.0+", undefined, true],
])("%s in %j for %s: %s", (version, ranges, backend, expected) => {
  expect(isVersionIn(version, ranges, backend)).toBe(expected);
});
