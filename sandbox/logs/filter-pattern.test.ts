import { expect, test } from "vitest";
import { AwsError } from "../aws-error.ts";
import { parseFilterPattern } from "./filter-pattern.ts";

const LINES = [
  "[ERROR 400] BAD REQUEST",
  "[ERROR 419] MISSING ARGUMENTS",
  "[INFO] started",
  "[WARN] BAD luck",
];
const JSON_LINES = [
  '{"level":"ERROR","tokens":12,"user":{"name":"ann"},"tags":["a","b"]}',
  '{"level":"INFO","tokens":3,"done":true,"gone":null}',
  "no json",
];

test.each([
  ["", [0, 1, 2, 3]],
  ["ERROR", [0, 1]],
  ["error", []],
  ["ERROR ARGUMENTS", [1]],
  ['"BAD REQUEST"', [0]],
  ["BAD -REQUEST", [3]],
  ["?ARGUMENTS ?started", [1, 2]],
  ['?"ERROR 400" ?started', [0, 2]],
  ["-BAD ?started", [2]],
  // Optional terms say nothing beside one that must be there.
  ["ERROR ?REQUEST", [0, 1]],
])("%s finds lines %j", (pattern, expected) => {
  const matches = parseFilterPattern(pattern);
  expect(LINES.flatMap((line, index) => (matches(line) ? [index] : []))).toEqual(expected);
});

test.each([
  ['{ $.level = "ERROR" }', [0]],
  ["{ $.level = ERROR }", [0]],
  ['{ $.level = "E*R" }', [0]],
  ['{ $.level != "ERROR" }', [1]],
  ["{ $.tokens > 5 }", [0]],
  ["{ $.tokens >= 3 && $.tokens <= 3 }", [1]],
  ['{ ($.tokens = 3 || $.tokens = 12) && $.user.name = "ann" }', [0]],
  ["{ $.user NOT EXISTS }", [1]],
  ["{ $.done IS TRUE }", [1]],
  ["{ $.gone IS NULL }", [1]],
  ['{ $.tags[1] = "b" }', [0]],
])("%s finds objects %j", (pattern, expected) => {
  const matches = parseFilterPattern(pattern);
  expect(JSON_LINES.flatMap((line, index) => (matches(line) ? [index] : []))).toEqual(expected);
});

test.each([
  '"open',
  "a-b",
  "{ $.a }",
  "{ $.a = }",
  "{ $.a = 1",
  "{ ($.a = 1 }",
  "{ $.a > x }",
  "{ a = 1 }",
  "{}",
  "[a, b]",
  "%x%",
])("%s is no pattern here", (pattern) => {
  expect(() => parseFilterPattern(pattern)).toThrow(AwsError);
});
