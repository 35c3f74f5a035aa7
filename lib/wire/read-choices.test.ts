import { describe, expect, test } from "vitest";
import { createStreamParser } from "#lib/wire/parse-stream.ts";
import type { StreamEvent, StreamToken } from "#lib/wire/stream-event.ts";

function parse(...lines: unknown[]): StreamEvent[] {
  const parser = createStreamParser();
  const body = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  return [...parser.push(new TextEncoder().encode(body)), ...parser.end()];
}

function tokensOf(events: StreamEvent[]): StreamToken[] {
  return events.flatMap((event) => (event.type === "token" ? [event] : []));
}

function endOf(events: StreamEvent[]): Extract<StreamEvent, { type: "end" }> | undefined {
  return events.findLast((event) => event.type === "end");
}

type Completion = {
  text: string;
  tokens?: string[];
  logprobs?: (number | null)[];
  top?: unknown[];
  ids?: number[] | null;
  reason?: string | null;
  stop?: string | number | null;
};

/** A line as vLLM writes it for a completion with logprobs and return_token_ids. */
function completion({ text, tokens, logprobs, top, ids = null, reason = null, stop }: Completion): unknown {
  return {
    id: "cmpl-1",
    object: "text_completion",
    choices: [
      {
        index: 0,
        text,
        logprobs: tokens && {
          text_offset: [],
          token_logprobs: logprobs ?? tokens.map(() => -1),
          tokens,
          top_logprobs: top ?? tokens.map((token) => ({ [token]: -1 })),
        },
        finish_reason: reason,
        ...(stop === undefined ? {} : { stop_reason: stop }),
        prompt_logprobs: null,
        prompt_token_ids: null,
        token_ids: ids,
      },
    ],
    usage: null,
  };
}

function chat(content: string, more: object = {}): unknown {
  return {
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta: { content }, logprobs: null, finish_reason: null, ...more }],
  };
}

describe("completions", () => {
  test("one token a line, with its id and alternatives", () => {
    const line = completion({
      text: " a",
      tokens: [" a"],
      logprobs: [-0.7],
      top: [{ " a": -0.7, " the": -1.2 }],
      ids: [264],
    });
    expect(parse(line)).toEqual([
      {
        type: "token",
        id: 264,
        text: " a",
        logProb: -0.7,
        special: false,
        counts: true,
        alternatives: [
          { id: null, text: " a", logProb: -0.7 },
          { id: null, text: " the", logProb: -1.2 },
        ],
        raw: JSON.stringify(line),
      },
    ]);
  });

  test("alternatives that look like integers are in order too, and a clamp is no number", () => {
    const [token] = tokensOf(
      parse(completion({ text: "x", tokens: ["x"], top: [{ "7": -9999, x: -0.1, "3": -2 }] })),
    );
    expect(token?.alternatives).toEqual([
      { id: null, text: "x", logProb: -0.1 },
      { id: null, text: "3", logProb: -2 },
      { id: null, text: "7", logProb: null },
    ]);
  });

  test("several tokens in a chunk are several tokens", () => {
    const events = parse(
      completion({ text: " is a", tokens: [" is", " a"], logprobs: [-1, -2], ids: [1, 2] }),
    );
    expect(tokensOf(events).map(({ id, text, logProb }) => [id, text, logProb])).toEqual([
      [1, " is", -1],
      [2, " a", -2],
    ]);
  });

  test("without logprobs a chunk is one text, with ids where they are sent", () => {
    const [token] = tokensOf(parse(completion({ text: " a", ids: [264] })));
    expect(token).toMatchObject({ id: 264, text: " a", logProb: null, logProbNote: "not-sent" });
    expect(tokensOf(parse(completion({ text: " a" })))).toHaveLength(1);
  });

  test("more ids than texts: the counts are right and no text is said twice", () => {
    const tokens = tokensOf(parse(completion({ text: " is a", ids: [1, 2] })));
    expect(tokens.map(({ id, text }) => [id, text])).toEqual([
      [1, " is a"],
      [2, ""],
    ]);
  });

  test("an empty last chunk is the end and no token", () => {
    const events = parse(completion({ text: "a" }), completion({ text: "", reason: "length", stop: null }));
    expect(events.map((event) => event.type)).toEqual(["token", "end"]);
    expect(endOf(events)).toMatchObject({ rawReason: "length", stopReason: null, generatedText: "a" });
  });

  test("a null log probability, as vLLM writes NaN, is not 0", () => {
    const [token] = tokensOf(parse(completion({ text: "a", tokens: ["a"], logprobs: [null] })));
    expect(token).toMatchObject({ logProb: null, logProbNote: "not-sent" });
  });
});

describe("text that does not come with its token", () => {
  test("a character over three tokens stands at the last, and nothing is said twice", () => {
    const events = parse(
      completion({ text: "Yes", tokens: ["Yes"] }),
      completion({ text: "", tokens: ["\uFFFD"] }),
      completion({ text: "", tokens: ["\uFFFD"] }),
      completion({ text: "😊", tokens: ["\uFFFD"] }),
      completion({ text: "!", tokens: ["!"], reason: "length" }),
    );
    expect(tokensOf(events).map((token) => token.text)).toEqual(["Yes", "", "", "😊", "!"]);
    expect(endOf(events)?.generatedText).toBe("Yes😊!");
  });

  test("text held back for a stop string: tokens keep their own, the end has the whole", () => {
    const events = parse(
      completion({ text: "", tokens: ["Deep"] }),
      completion({ text: "Deep", tokens: [" Learning"] }),
      completion({ text: " Learning", tokens: [" is"], reason: "stop", stop: " is" }),
    );
    expect(tokensOf(events).map(({ text, special }) => [text, special])).toEqual([
      ["Deep", false],
      [" Learning", false],
      [" is", true],
    ]);
    expect(endOf(events)).toMatchObject({ generatedText: "Deep Learning", stopReason: " is" });
  });

  test("the end-of-text token is named but is no text of the answer", () => {
    const events = parse(
      completion({ text: "Deep", tokens: ["Deep"] }),
      completion({ text: "", tokens: ["</s>"], ids: [2], reason: "stop", stop: null }),
    );
    expect(tokensOf(events).at(-1)).toMatchObject({ id: 2, text: "</s>", special: true, counts: true });
    expect(endOf(events)?.generatedText).toBe("Deep");
  });

  test("a last token that is text stays text", () => {
    const events = parse(completion({ text: "Deep", tokens: ["Deep"], reason: "stop", stop: null }));
    expect(tokensOf(events)[0]?.special).toBe(false);
  });
});

describe("chat", () => {
  const entry = (token: unknown, top: unknown[] = []) => ({
    token,
    logprob: -0.5,
    bytes: [1],
    top_logprobs: top,
  });

  test("with log probabilities and alternatives", () => {
    const top = [
      { token: " the", logprob: -0.2 },
      { token: " (", logprob: -9999 },
    ];
    const [token] = tokensOf(
      parse(chat(" a", { logprobs: { content: [entry(" a", top)] }, token_ids: [264] })),
    );
    expect(token).toMatchObject({
      id: 264,
      text: " a",
      logProb: -0.5,
      alternatives: [
        { id: null, text: " the", logProb: -0.2 },
        { id: null, text: " (", logProb: null },
      ],
    });
  });

  test("0.27 to 0.31 wrap it in a list and name the number instead of the token", () => {
    const wrapped = [{ content: [entry(" a", [{ token: -0.5, logprob: -0.5 }])] }];
    const [token] = tokensOf(parse(chat(" a", { logprobs: wrapped })));
    expect(token).toMatchObject({ text: " a", logProb: -0.5 });
    expect(token).not.toHaveProperty("alternatives");
  });

  test("the role alone is no token", () => {
    expect(parse({ choices: [{ delta: { role: "assistant", content: "" }, finish_reason: null }] })).toEqual(
      [],
    );
  });

  test("counts come on a line without choices", () => {
    const line = { choices: [], usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 } };
    expect(parse(line)).toEqual([
      { type: "usage", inputTokens: 5, outputTokens: 3, raw: JSON.stringify(line) },
    ]);
  });

  test("[DONE] is passed over: text may follow the first", () => {
    const line = (content: string) => `data: ${JSON.stringify(chat(content, { finish_reason: "length" }))}`;
    const events = parse(line("a"), "", "data: [DONE]", "", line("b"), "", "data: [DONE]");
    expect(tokensOf(events).map((token) => token.text)).toEqual(["a", "b"]);
    expect(endOf(events)?.generatedText).toBe("ab");
  });

  test.each(["reasoning_content", "reasoning"])("%s is no part of the answer", (name) => {
    const events = parse(
      { choices: [{ delta: { [name]: "hmm" }, logprobs: { content: [entry("hmm")] } }] },
      chat("42", { finish_reason: "stop" }),
    );
    expect(tokensOf(events).map(({ text, channel }) => [text, channel])).toEqual([
      ["hmm", "reasoning"],
      ["42", undefined],
    ]);
    expect(endOf(events)?.generatedText).toBe("42");
  });

  test("a thought and an answer in one chunk are two", () => {
    const events = parse({ choices: [{ delta: { reasoning_content: "hmm", content: "42" } }] });
    expect(tokensOf(events).map(({ text, channel }) => [text, channel])).toEqual([
      ["hmm", "reasoning"],
      ["42", undefined],
    ]);
  });

  test("a tool call is told by its arguments", () => {
    const call = { index: 0, function: { name: "get_weather", arguments: '{"city"' } };
    const events = parse({ choices: [{ delta: { tool_calls: [call] }, finish_reason: "tool_calls" }] });
    expect(tokensOf(events)[0]).toMatchObject({ text: '{"city"', channel: "tool-call" });
    expect(endOf(events)).toMatchObject({ rawReason: "tool_calls", generatedText: "" });
  });

  test("a whole answer", () => {
    const events = parse({
      object: "chat.completion",
      choices: [
        {
          message: { role: "assistant", content: "Deep Learning", reasoning_content: null, tool_calls: [] },
          logprobs: { content: [entry("Deep"), entry(" Learning")] },
          finish_reason: "stop",
          stop_reason: 128009,
        },
      ],
      usage: { prompt_tokens: 5, completion_tokens: 2 },
    });
    expect(tokensOf(events).map((token) => token.text)).toEqual(["Deep", " Learning"]);
    expect(endOf(events)).toMatchObject({ stopReason: 128009, generatedText: "Deep Learning" });
    expect(events.at(-1)).toMatchObject({ type: "usage", outputTokens: 2 });
  });

  test("an error inside the stream", () => {
    const events = parse(
      chat("a"),
      { error: { message: "boom", type: "BadRequestError", param: null, code: 400 } },
      "",
    );
    expect(events.at(-1)).toMatchObject({ type: "error", message: "boom", code: 400 });
    expect(endOf(events)).toBeUndefined();
  });
});

describe("several answers to one prompt", () => {
  const piece = (index: number, text: string, reason: string | null = null, own = text) => ({
    choices: [
      {
        index,
        text,
        logprobs: { tokens: [own], token_logprobs: [-1], top_logprobs: null },
        token_ids: [7],
        finish_reason: reason,
      },
    ],
  });

  test("interleaved completions keep apart what they say", () => {
    const events = parse(
      piece(0, "a"),
      piece(1, "x"),
      piece(0, "b", "stop"),
      piece(1, "y"),
      piece(1, "z", "length"),
    );
    expect(tokensOf(events).map(({ text, choice }) => [text, choice ?? 0])).toEqual([
      ["a", 0],
      ["x", 1],
      ["b", 0],
      ["y", 1],
      ["z", 1],
    ]);
    expect(events.filter((event) => event.type === "end")).toMatchObject([
      { generatedText: "ab", rawReason: "stop" },
      { generatedText: "xyz", rawReason: "length", choice: 1 },
    ]);
  });

  test("text held back in one answer is no text of another", () => {
    const held = [piece(0, "", null, "\uFFFD"), piece(1, "x"), piece(0, "é", null, "\uFFFD")];
    expect(tokensOf(parse(...held)).map(({ text, choice }) => [text, choice ?? 0])).toEqual([
      ["", 0],
      ["x", 1],
      ["é", 0],
    ]);
  });

  test("the LMI schema mixes their texts at the end, so its text is not taken", () => {
    const line = (index: number, text: string, end: object = {}) => ({
      index,
      token: { id: 1, text, logprob: -1 },
      generated_text: null,
      details: null,
      ...end,
    });
    const details = { finish_reason: "length" };
    const events = parse(
      line(0, "a"),
      line(1, "x"),
      line(0, "b", { generated_text: "axb", details }),
      line(1, "y", { generated_text: "axby", details }),
    );
    expect(tokensOf(events).map(({ text, choice }) => [text, choice ?? 0])).toEqual([
      ["a", 0],
      ["x", 1],
      ["b", 0],
      ["y", 1],
    ]);
    const ends = events.flatMap((event) => (event.type === "end" ? [event] : []));
    expect(ends.map(({ generatedText, choice }) => [generatedText, choice ?? 0])).toEqual([
      [null, 0],
      [null, 1],
    ]);
  });
});
