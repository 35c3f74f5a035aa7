import { expect, test } from "vitest";
import { unframeLine } from "#lib/wire/unframe-line.ts";

test.each([
  ['{"token": {}}', '{"token": {}}'],
  ['data: {"token": {}}', '{"token": {}}'],
  ['data:{"token": {}}', '{"token": {}}'],
  ['\uFEFF{"token": {}}', '{"token": {}}'],
  ['[{"generated_text": ""}]', '[{"generated_text": ""}]'],
  // The inside of a pretty-printed value.
  ['  "code": 424', '  "code": 424'],
  ["}", "}"],
])("%j holds %j", (line, json) => {
  expect(unframeLine(line)).toBe(json);
});

test.each([
  "",
  "   ",
  "data:",
  "data: ",
  "data: [DONE]",
  "[DONE]",
  ": ping",
  "event: x",
  "id: 7",
  "retry: 10",
])("%j holds nothing", (line) => {
  expect(unframeLine(line)).toBe("");
});
