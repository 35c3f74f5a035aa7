import { expect, test } from "vitest";
import { tellAnswer } from "#lib/wire/tell-answer.ts";

test.each([
  ['{"token": {"id": 1, "text": "a"}}', "lmi-line", false],
  ['data: {"token": {"id": 1, "text": "a"}}', "lmi-line", true],
  ['[{"generated_text": "a"}]', "lmi-document", false],
  ['{"choices": []}', "choices", false],
  ['{"body": {"generation": "a"}}', "bedrock", false],
  ['{"error":"x","code":424}', "error", false],
])("%s is %s", (line, dialect, isFramed) => {
  expect(tellAnswer(line)).toEqual({ dialect, isFramed });
});

test.each(["", "data: [DONE]", "CUDA", "[]", "{}"])("%s says nothing", (line) => {
  expect(tellAnswer(line)).toBeNull();
});
