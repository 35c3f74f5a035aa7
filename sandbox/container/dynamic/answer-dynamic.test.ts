import { expect, test } from "vitest";
import type { GenerationEvent } from "../../engine/generation.ts";
import { sendTestRequest as send, tokenEvent as token } from "../send-test-request.ts";

const V30 = "0.30.0-lmi12.0.0-cu124";
const V31 = "0.31.0-lmi13.0.0-cu124";
const OFF = { OPTION_ROLLING_BATCH: "disable" };
const STREAMING = { ...OFF, OPTION_ENABLE_STREAMING: "true" };
const FAILED: GenerationEvent = { type: "failed", message: "boom", reason: "engine" };

test("each prompt of a list has its own answer, with the prompt in front", async () => {
  const { text, asked } = await send(V31, OFF, { inputs: ["a", "b"] }, [token("é", true)]);
  expect(text).toBe('[\n  {\n    "generated_text":"aé"\n  },\n  {\n    "generated_text":"bé"\n  }\n]');
  expect(asked.map(({ prompt, temperature, maxTokens }) => [prompt, temperature, maxTokens])).toEqual([
    ["a", 0, 30],
    ["b", 0, 30],
  ]);
});

test("a stream has one line a step for all prompts, in ASCII", async () => {
  const { text, type } = await send(V31, STREAMING, { inputs: ["a", "b"] }, [token("é"), token("😀", true)]);
  expect(type).toBe("application/jsonlines");
  expect(text).toBe(
    '{"outputs": ["\\u00e9", "\\u00e9"]}\n{"outputs": ["\\ud83d\\ude00", "\\ud83d\\ude00"]}\n',
  );
});

test("a special token shows no text", async () => {
  const special = token("</s>", true);
  if (special.type !== "token") throw new Error("not a token");
  const events = [token("a"), { ...special, special: true }];
  expect((await send(V31, STREAMING, { inputs: "x" }, events)).text).toBe(
    '{"outputs": ["a"]}\n{"outputs": [""]}\n',
  );
});

test("only the server decides whether it streams", async () => {
  const { type } = await send(V31, OFF, { inputs: "a", stream: true });
  expect(type).toBe("application/json");
});

test.each([
  [V30, "prediction failure"],
  [V31, "invoke handler failure"],
])("%s answers a failure with 424 and '%s', and streams the bare text", async (tag, message) => {
  const events = [token("a"), FAILED];
  expect(await send(tag, OFF, { inputs: "x" }, events)).toMatchObject({
    status: 424,
    text: `{"code": 424, "message": "${message}", "error": "boom"}`,
  });
  expect(await send(tag, STREAMING, { inputs: "x" }, events)).toMatchObject({
    status: 200,
    text: '{"outputs": ["a"]}\nboom',
  });
});

test("a full queue is the front end's 503 here too", async () => {
  const busy: GenerationEvent = { type: "failed", message: "", reason: "busy" };
  expect(await send(V31, OFF, { inputs: ["a", "b"] }, [busy])).toMatchObject({ status: 503 });
});

test.each([[{ inputs: [] }], [{ inputs: ["a", 1] }], [{ text: "a" }]])("%j is refused", async (body) => {
  expect(await send(V31, OFF, body)).toMatchObject({ status: 424, asked: [] });
});
