import { expect, test } from "vitest";
import { extraParametersSchema, parseExtraParameters } from "./extra-parameters.ts";

test("nothing is nothing, an object is sent as it is", () => {
  expect(parseExtraParameters(" \n", {})).toEqual({ ok: true, value: null });
  const extra = { guided_json: { type: "object" }, logit_bias: { "5": -1 } };
  expect(parseExtraParameters(JSON.stringify(extra), { topP: 0.5 })).toEqual({ ok: true, value: extra });
});

test.each([
  ["{a: 1}", /not JSON/],
  ["[1]", /must be a JSON object/],
  ["null", /must be a JSON object/],
  ['{"stream": true}', /belongs to the request itself/],
  ['{"top_p": 0.5}', /“Top-p” already/],
  ['{"max_tokens": 5}', /“Max new tokens” already/],
  [JSON.stringify(Object.fromEntries(Array.from({ length: 33 }, (_, at) => [`x${at}`, at]))), /at most 32/],
])("%s is refused with a sentence", (text, message) => {
  const outcome = parseExtraParameters(text, { topP: 0.9, maxNewTokens: 5 });
  expect(outcome).toMatchObject({ ok: false, failure: { field: "extraParameters" } });
  expect(outcome.ok ? "" : outcome.failure.message).toMatch(message);
});

test("the server's check is the form's", () => {
  for (const refused of [{ stream: true }, { inputs: "x" }, { "": 1 }, [1]]) {
    expect(extraParametersSchema.safeParse(refused).success).toBe(false);
  }
});
