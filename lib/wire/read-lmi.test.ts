import { describe, expect, test } from "vitest";
import { createStreamParser } from "#lib/wire/parse-stream.ts";
import type { StreamEvent } from "#lib/wire/stream-event.ts";

function parse(...lines: unknown[]): StreamEvent[] {
  const body = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  const parser = createStreamParser();
  const events = [...parser.push(new TextEncoder().encode(body)), ...parser.end()];
  for (const event of events) if (event.type !== "malformed") delete event.raw;
  return events;
}

const PLAIN = { type: "token", id: 1, text: "a", logProb: -0.5, special: false, counts: true };

describe("one token line", () => {
  test.each([
    ["0.28 and later", { id: 1, text: "a", log_prob: -0.5 }],
    ["0.27: the id is a list", { id: [1], text: "a", log_prob: -0.5 }],
    ["TGI names and async", { id: 1, text: "a", logprob: -0.5 }],
  ])("%s", (_, token) => {
    expect(parse({ token })).toEqual([PLAIN]);
  });

  test("async carries nulls until the end", () => {
    const token = { id: 1, text: "a", logprob: -0.5 };
    expect(parse({ index: 0, token, generated_text: null, details: null })).toEqual([PLAIN]);
  });

  test.each([
    ["special_token", { special_token: true }],
    ["special", { special: true }],
  ])("%s", (_, flag) => {
    expect(parse({ token: { id: 1, text: "a", log_prob: -0.5, ...flag } })).toEqual([
      { ...PLAIN, special: true },
    ]);
  });

  test("0.26 leaves out what is falsy: a missing number is not 0", () => {
    const unsaid = { ...PLAIN, id: null, text: "", logProb: null, logProbNote: "not-sent" };
    expect(parse({ token: {} })).toEqual([unsaid]);
    expect(parse({ token: { id: 1, text: "a" } })).toEqual([{ ...unsaid, id: 1, text: "a" }]);
  });

  test("TensorRT-LLM async knows neither id nor number", () => {
    expect(parse({ token: { id: null, text: "a", logprob: null } })).toEqual([
      { ...PLAIN, id: null, logProb: null, logProbNote: "not-sent" },
    ]);
  });

  test.each([
    ['{"token": {"id": 1, "text": "a", "log_prob": NaN}}', "not-finite"],
    ['{"token": {"id": 1, "text": "a", "log_prob": -Infinity}}', "not-finite"],
    ['{"token": {"id": 1, "text": "a", "log_prob": -1e999}}', "not-finite"],
    ['{"token": {"id": 1, "text": "a", "logprob": -9999.0}}', "clamped"],
  ])("%s has no log probability", (line, logProbNote) => {
    expect(parse(line)).toEqual([{ ...PLAIN, logProb: null, logProbNote }]);
  });

  test("id -1 without text is no token; with text it is a token whose id is not known", () => {
    const [held] = parse({ token: { id: -1 } });
    expect(held).toMatchObject({ id: -1, text: "", counts: false });
    const [scheduler] = parse({ token: { id: [-1], text: "a" } });
    expect(scheduler).toMatchObject({ id: null, text: "a", counts: true });
  });
});

describe("the last line", () => {
  const token = { id: 1, text: "a", log_prob: -0.5 };

  test("without details: over, for a reason nobody said", () => {
    expect(parse({ token, generated_text: "a" })).toEqual([
      PLAIN,
      { type: "end", rawReason: null, generatedText: "a" },
    ]);
  });

  test("with details", () => {
    const details = { finish_reason: "stop", seed: 7, generated_tokens: 14, input_length: 5 };
    expect(parse({ token, generated_text: "a", details })[1]).toEqual({
      type: "end",
      rawReason: "stop",
      seed: 7,
      generatedText: "a",
      generatedTokens: 14,
      inputTokens: 5,
    });
  });

  test("details of the wrong type take nothing else down", () => {
    const details = { finish_reason: ["x"], generated_tokens: "many", tokens: 3 };
    expect(parse({ token, generated_text: "a", details })[1]).toMatchObject({
      rawReason: null,
      generatedText: "a",
      generatedTokens: null,
    });
    expect(parse({ token, generated_text: "a", details: "none" })[1]).toMatchObject({ type: "end" });
  });

  test("alternatives are kept only where each token has its list", () => {
    const top = { id: 2, text: "b", log_prob: -9999 };
    const list = [{ id: 1, text: "a", log_prob: -0.5 }, top];
    const line = (top_tokens: unknown) => ({ token, generated_text: "a", details: { top_tokens } });
    expect(parse(line([list]))[1]).toMatchObject({
      topTokens: [
        [
          { id: 1, text: "a", logProb: -0.5 },
          { id: 2, text: "b", logProb: null },
        ],
      ],
    });
    expect(parse({ token }, line([list])).at(-1)).not.toHaveProperty("topTokens");
    expect(parse(line([]))[1]).not.toHaveProperty("topTokens");
  });
});

describe("failures dressed as tokens", () => {
  const standIn = { id: -1, text: "", log_prob: -1, special_token: true };

  test("0.28: an error, after the end that holds what came", () => {
    const line = { token: standIn, generated_text: "a", details: { finish_reason: "error" } };
    expect(parse(line)).toEqual([
      expect.objectContaining({ type: "end", rawReason: "error", generatedText: "a" }),
      { type: "error", message: "", code: null },
    ]);
  });

  test("on a line that is not the last", () => {
    expect(parse({ token: standIn })).toEqual([{ type: "error", message: "", code: null }]);
    const named = { id: -1, text: "", logprob: -1, special: true };
    expect(parse({ token: named })).toEqual([{ type: "error", message: "", code: null }]);
  });

  test("on a last line that does not name the reason", () => {
    expect(parse({ token: standIn, generated_text: "a" }).map((event) => event.type)).toEqual([
      "end",
      "error",
    ]);
  });

  test("0.29 and later: with words", () => {
    const line = { token: { id: 1, text: "a", log_prob: -1, error_msg: "CUDA" } };
    expect(parse(line)).toEqual([{ type: "error", message: "CUDA", code: null }]);
  });

  test("an unlikely special token is not one", () => {
    expect(parse({ token: { id: 2, text: "", log_prob: -1, special_token: true } })[0]?.type).toBe("token");
  });
});

describe("a whole answer", () => {
  test("with tokens: one event each, then the end", () => {
    const tokens = [
      { id: 1, text: "a", log_prob: -0.5 },
      { id: 2, text: "b", log_prob: null },
    ];
    const top_tokens = [[{ id: 1, text: "a", log_prob: -0.5 }], [{ id: 2, text: "b", log_prob: -1 }]];
    const details = { finish_reason: "length", generated_tokens: 2, tokens, top_tokens };
    const [first, second, end] = parse({ generated_text: "ab", details });
    expect(first).toEqual({ ...PLAIN, alternatives: [{ id: 1, text: "a", logProb: -0.5 }] });
    expect(second).toMatchObject({ id: 2, logProb: null, logProbNote: "not-sent" });
    expect(end).toMatchObject({ rawReason: "length", generatedText: "ab", generatedTokens: 2 });
  });

  test("without tokens: its text as one token that has no number", () => {
    expect(parse({ generated_text: "ab" })).toEqual([
      { ...PLAIN, id: null, text: "ab", logProb: null, logProbNote: "not-sent" },
      { type: "end", rawReason: null, generatedText: "ab" },
    ]);
    expect(parse({ generated_text: "" })).toEqual([{ type: "end", rawReason: null, generatedText: "" }]);
  });

  test.each([
    ["a stop string", "###", "###", undefined],
    ["a stop token", 128009, "128009", 128009],
    ["nothing, for length and end of text", null, null, undefined],
  ])("vLLM async fills the reason from %s", (_, finish_reason, rawReason, stopReason) => {
    const end = parse({ generated_text: "ab", details: { finish_reason, tokens: [] } }).at(-1);
    expect(end).toMatchObject({ type: "end", rawReason });
    expect(end?.type === "end" && end.stopReason).toBe(stopReason);
  });

  test("in TGI's array", () => {
    expect(parse([{ generated_text: "ab" }]).map((event) => event.type)).toEqual(["token", "end"]);
  });
});

describe("dialects without log probabilities", () => {
  test("dynamic batching has no end marker: the end of the body is the end", () => {
    expect(parse({ outputs: ["a"] }, { outputs: ["b"] })).toEqual([
      expect.objectContaining({ text: "a", id: null, logProbNote: "not-sent" }),
      expect.objectContaining({ text: "b" }),
      { type: "end", rawReason: null, generatedText: "ab" },
    ]);
  });

  test("dynamic batching that breaks off in an error did not end", () => {
    expect(parse({ outputs: ["a"] }, { error: "x", code: 424 }).map((event) => event.type)).toEqual([
      "token",
      "error",
    ]);
  });

  test("bedrock, streamed: the reason comes with the last line", () => {
    const lines = [
      { generation: "a", prompt_token_count: 5, generation_token_count: 1, stop_reason: null },
      { generation: "b", prompt_token_count: null, generation_token_count: 2, stop_reason: "length" },
    ];
    expect(parse(...lines).map((event) => event.type)).toEqual(["token", "token", "end"]);
    expect(parse(...lines).at(-1)).toMatchObject({
      rawReason: "length",
      generatedText: "ab",
      generatedTokens: 2,
    });
  });
});
