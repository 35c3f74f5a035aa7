import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Failure } from "#lib/failure.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { ASYNC, answer, collect, prepare } from "#lib/run/scripted-run.ts";

function fixture(name: string): Uint8Array[] {
  const file = new URL(`../wire/fixtures/lmi-wire/${name}.bin`, import.meta.url);
  return [new Uint8Array(readFileSync(file))];
}

const CONTINUE = { maxRequests: 10, maxTokens: 1_000 };

describe("one request", () => {
  test("is told from its start to its end", async () => {
    const { run } = prepare({ answers: [answer(["a", "b"], "eos_token")] });
    const events = await collect(run);
    expect(events.map((event) => event.type)).toEqual(["run-start", "token", "token", "run-end"]);
    expect(events[0]).toEqual({
      type: "run-start",
      runId: "run-1",
      endpointName: "demo",
      startedAt: 1_700_000_000_000,
      dialect: "lmi",
      requestBody: '{"inputs":"Q:","parameters":{"max_new_tokens":3,"details":true},"stream":true}',
    });
    expect(events.at(-1)).toMatchObject({
      finishReason: { raw: "eos_token", kind: "end-of-text" },
      generatedText: "ab",
      tokens: 2,
      requests: 1,
    });
  });

  test("stamps are ms since the run began, and never go back", async () => {
    const { run } = prepare({ answers: [answer(["a", "b"], "eos_token")] });
    const stamps = (await collect(run)).flatMap((event) =>
      "at" in event && event.at !== undefined ? [event.at] : [],
    );
    expect(stamps[0]).toBeLessThan(10);
    expect([...stamps].sort((a, b) => a - b)).toEqual(stamps);
  });

  test("is not continued unless that was asked for", async () => {
    const { run, bodies } = prepare({ answers: [answer(["a"], "length")] });
    expect((await collect(run)).at(-1)).toMatchObject({ finishReason: { kind: "length" }, requests: 1 });
    expect(bodies).toHaveLength(1);
  });

  test("lines that cannot be read are passed on, and the text is whole", async () => {
    const [first = "", second = ""] = answer(["a", "b"], "eos_token");
    const { run } = prepare({ answers: [[first.slice(0, 20), "\n", second]] });
    const events = await collect(run);
    expect(events.map((event) => event.type)).toEqual(["run-start", "malformed", "token", "run-end"]);
    expect(events.at(-1)).toMatchObject({ generatedText: "ab", tokens: 1 });
  });

  test("no last line is an interruption, never an end", async () => {
    const { run } = prepare({ answers: [answer(["a", "b"], "length").slice(0, 1)] });
    expect((await collect(run)).at(-1)).toMatchObject({
      type: "run-end",
      finishReason: { raw: null, kind: "interrupted" },
      generatedText: "a",
    });
  });

  test("alternatives that come late find their tokens", async () => {
    const { run } = prepare({ answers: [fixture("v031-jsonlines-top-tokens-prefill")] });
    const end = (await collect(run)).at(-1);
    expect(
      end?.type === "run-end" &&
        end.alternatives?.map(({ index, alternatives }) => [index, alternatives.length]),
    ).toEqual([
      [0, 2],
      [1, 3],
      [2, 2],
    ]);
  });

  test("lines without a token are kept for the view of the wire", async () => {
    const { run } = prepare({
      dialect: "chat",
      facts: ASYNC,
      answers: [fixture("v036-async-chat-stream-logprobs")],
    });
    const end = (await collect(run)).at(-1);
    expect(end?.type === "run-end" && end.raw).toContain('"choices":[],"usage"');
  });
});

describe("what goes wrong", () => {
  test("a request that is refused ends the run with the caller's words", async () => {
    const failure: Failure = { code: "throttled", message: "slow down" };
    const events = await collect(prepare({ answers: [failure] }).run);
    expect(events.map((event) => event.type)).toEqual(["run-start", "run-error"]);
    expect(events[1]).toMatchObject({ failure, generatedText: "", tokens: 0, requests: 1 });
  });

  test("a request that throws is translated", async () => {
    const events = await collect(prepare({ answers: [] }).run);
    expect(events.at(-1)).toMatchObject({ type: "run-error", failure: { message: "one request too many" } });
  });

  test("a later part that fails keeps what came before", async () => {
    const failure: Failure = { code: "model-error", message: "424" };
    const { run } = prepare({
      request: { autoContinue: CONTINUE },
      answers: [answer(["a"], "length"), failure],
    });
    expect((await collect(run)).at(-1)).toMatchObject({
      type: "run-error",
      failure,
      generatedText: "a",
      tokens: 1,
      requests: 2,
    });
  });

  test.each([
    ["v026-jsonlines-error-midstream", "Deep Learning is a really", 5, undefined],
    [
      "v031-jsonlines-error-midstream",
      "Deep Learning is",
      3,
      "exception occurred during rolling batch inference",
    ],
    ["v028-json-error", "Deep Learning is", 3, undefined],
  ])(
    "%s: the container's error is the end, and the text is kept",
    async (name, generatedText, tokens, detail) => {
      const events = await collect(prepare({ answers: [fixture(name)] }).run);
      const last = events.at(-1);
      expect(last).toMatchObject({
        type: "run-error",
        failure: { code: "model-error" },
        generatedText,
        tokens,
      });
      expect(last?.type === "run-error" && last.failure.detail).toBe(detail);
      expect(events.filter((event) => event.type === "run-error" || event.type === "run-end")).toHaveLength(
        1,
      );
    },
  );

  test("a connection that breaks is an interruption with the text so far", async () => {
    const { run } = prepare({
      answers: [
        async function* () {
          yield new TextEncoder().encode(answer(["a", "b"], "length")[0]);
          throw new Error("socket hang up");
        },
      ],
    });
    expect((await collect(run)).at(-1)).toMatchObject({
      type: "run-error",
      failure: { code: "unreachable", message: "socket hang up" },
      generatedText: "a",
    });
  });

  test("the container's words win over the connection that breaks after them", async () => {
    const { run } = prepare({
      answers: [
        async function* () {
          yield new TextEncoder().encode('{"error":"CUDA","code":424}\n');
          throw new Error("socket hang up");
        },
      ],
    });
    expect((await collect(run)).at(-1)).toMatchObject({ failure: { code: "model-error", detail: "CUDA" } });
  });
});

describe("stop", () => {
  test("in the second part: the request is closed and the text is kept", async () => {
    const abort = new AbortController();
    let isClosed = false;
    const { run, bodies } = prepare({
      request: { autoContinue: CONTINUE },
      signal: abort.signal,
      answers: [
        answer(["a"], "length"),
        async function* () {
          try {
            yield new TextEncoder().encode(answer(["b", "c"], "length")[0]);
            await new Promise((resolve) => setTimeout(resolve, 20));
            yield new TextEncoder().encode(answer(["b", "c"], "length")[1]);
          } finally {
            isClosed = true;
          }
        },
      ],
    });
    const events: RunEvent[] = [];
    for await (const event of run) {
      events.push(event);
      if (event.type === "token" && event.part === 1) abort.abort();
    }
    expect(events.at(-1)).toMatchObject({
      type: "run-error",
      failure: { code: "interrupted" },
      generatedText: "ab",
      requests: 2,
    });
    expect(bodies).toHaveLength(2);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(isClosed).toBe(true);
  });

  test("while an answer is being finished: nothing more is asked", async () => {
    const abort = new AbortController();
    const { run, bodies } = prepare({
      request: { autoContinue: CONTINUE },
      signal: abort.signal,
      answers: [
        async function* () {
          yield new TextEncoder().encode(answer(["a"], "length")[0]);
          abort.abort();
        },
      ],
    });
    expect((await collect(run)).at(-1)).toMatchObject({
      type: "run-error",
      failure: { code: "interrupted" },
    });
    expect(bodies).toHaveLength(1);
  });

  test("between parts: nothing more is asked, and no line is told twice", async () => {
    const abort = new AbortController();
    const { run, bodies } = prepare({
      request: { autoContinue: CONTINUE },
      signal: abort.signal,
      answers: [answer(["a"], "length")],
    });
    const events: RunEvent[] = [];
    for await (const event of run) {
      events.push(event);
      if (event.type === "part-end") abort.abort();
    }
    expect(bodies).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({
      type: "run-error",
      failure: { code: "interrupted" },
      generatedText: "a",
      requests: 1,
    });
    expect(events.at(-1)).not.toHaveProperty("raw");
  });

  test("a reader that leaves closes the request", async () => {
    let isClosed = false;
    const { run } = prepare({
      answers: [
        async function* () {
          try {
            for (const line of answer(["a", "b", "c"], "length")) yield new TextEncoder().encode(line);
          } finally {
            isClosed = true;
          }
        },
      ],
    });
    for await (const event of run) if (event.type === "token") break;
    await Promise.resolve();
    expect(isClosed).toBe(true);
  });
});

describe("a prompt that the container repeats", () => {
  test.each([
    ["v031-3p-json", "bedrock", "Hi", "Deep Learning is a"],
    ["v031-dynamic-json", "lmi", "What is Deep Learning?", /^Hello 你好/],
  ] as const)("%s: is no part of the answer", async (name, dialect, prompt, text) => {
    const facts = {
      release: 31,
      mode: name.includes("3p") ? "rolling" : "dynamic",
      engine: "other",
    } as const;
    const { run } = prepare({ answers: [fixture(name)], dialect, facts, request: { prompt } });
    const events = await collect(run);
    const end = events.at(-1);
    expect(end?.type === "run-end" ? end.generatedText : null).toEqual(
      typeof text === "string" ? text : expect.stringMatching(text),
    );
    expect(events.find((event) => event.type === "token")).not.toMatchObject({
      text: expect.stringMatching(new RegExp(`^${prompt.slice(0, 2)}`)),
    });
  });
});

describe("several answers to one prompt", () => {
  const line = (index: number, text: string, end: object = {}) =>
    `${JSON.stringify({ index, token: { id: 1, text, logprob: -0.5 }, generated_text: null, ...end })}\n`;
  const details = { finish_reason: "length", generated_tokens: 9 };
  const ANSWER = [
    line(0, "a"),
    line(1, "x"),
    line(0, "b", { generated_text: "axb", details }),
    line(1, "y", { generated_text: "axby", details }),
  ];

  test("the first is told as it comes, the others when all are over", async () => {
    const { run } = prepare({ answers: [ANSWER], dialect: "lmi-async", facts: ASYNC });
    const events = await collect(run);
    expect(events.flatMap((event) => (event.type === "token" ? [[event.index, event.text]] : []))).toEqual([
      [0, "a"],
      [1, "b"],
    ]);
    expect(events.at(-1)).toMatchObject({
      generatedText: "ab",
      tokens: 2,
      otherAnswers: [
        { choice: 1, text: "xy", finishReason: "length", tokens: 2, scoredTokens: 2, jointLogProb: -1 },
      ],
      answered: { contentType: null, dialect: "lmi-line", isFramed: false },
    });
  });
});
