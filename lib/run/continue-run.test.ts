import { describe, expect, test } from "vitest";
import { TOKENS_OF_A_PART } from "#lib/run/continue-run.ts";
import { ASYNC, answer, collect, prepare } from "#lib/run/scripted-run.ts";

const CONTINUE = { maxRequests: 10, maxTokens: 1_000 };

describe("auto-continue", () => {
  test("goes on while the length ends it: text, tokens and requests add up", async () => {
    const { run, bodies } = prepare({
      request: { autoContinue: CONTINUE },
      answers: [
        answer([" a", " b", " c"], "length"),
        answer([" d", " e", " f"], "length"),
        answer([" g", " h", " i"], "length"),
        answer([" j"], "eos_token"),
      ],
    });
    const events = await collect(run);
    expect(bodies.map((body) => body.inputs)).toEqual([
      "Q:",
      "Q: a b c",
      "Q: a b c d e f",
      "Q: a b c d e f g h i",
    ]);
    const tokens = events.flatMap((event) => (event.type === "token" ? [[event.index, event.part]] : []));
    expect(tokens).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((index) => [index, Math.floor(index / 3)]));
    expect(events.filter((event) => event.type === "part-end")).toMatchObject([
      { part: 0, finishReason: "length" },
      { part: 1, finishReason: "length" },
      { part: 2, finishReason: "length" },
    ]);
    expect(events.at(-1)).toMatchObject({
      type: "run-end",
      finishReason: { kind: "end-of-text" },
      generatedText: " a b c d e f g h i j",
      tokens: 10,
      requests: 4,
    });
    expect(events.at(-1)).not.toHaveProperty("stoppedBy");
  });

  test("stops at the number of requests", async () => {
    const { run, bodies } = prepare({
      request: { autoContinue: { maxRequests: 2, maxTokens: 1_000 } },
      answers: [answer(["a"], "length"), answer(["b"], "length")],
    });
    expect((await collect(run)).at(-1)).toMatchObject({
      stoppedBy: "max-requests",
      requests: 2,
      generatedText: "ab",
    });
    expect(bodies).toHaveLength(2);
  });

  test("never asks for more tokens than are left", async () => {
    const { run, bodies } = prepare({
      request: { autoContinue: { maxRequests: 9, maxTokens: 5 } },
      answers: [answer(["a", "b", "c"], "length"), answer(["d", "e"], "length")],
    });
    expect((await collect(run)).at(-1)).toMatchObject({ stoppedBy: "max-tokens", tokens: 5 });
    expect(bodies.map((body) => body.parameters?.max_new_tokens)).toEqual([3, 2]);
  });

  test("asks for a part of its own size where the request names none", async () => {
    const { run, bodies } = prepare({
      request: { parameters: {}, autoContinue: CONTINUE },
      answers: [answer(["a"], "eos_token")],
    });
    await collect(run);
    expect(bodies[0]?.parameters?.max_new_tokens).toBe(TOKENS_OF_A_PART);
  });

  test("steps that show no token count against the limit", async () => {
    const held = '{"token": {"id": -1}}\n';
    const { run, bodies } = prepare({
      request: { autoContinue: { maxRequests: 9, maxTokens: 5 } },
      answers: [[held, held, ...answer(["é"], "length")], answer(["b", "c"], "eos_token")],
    });
    expect((await collect(run)).at(-1)).toMatchObject({ tokens: 3 });
    expect(bodies.map((body) => body.parameters?.max_new_tokens)).toEqual([3, 2]);
  });

  test("a part without new text ends the run instead of looping", async () => {
    const { run, bodies } = prepare({
      request: { autoContinue: CONTINUE },
      answers: [answer(["a"], "length"), answer([""], "length")],
    });
    const end = (await collect(run)).at(-1);
    expect(end).toMatchObject({ type: "run-end", finishReason: { kind: "length" }, generatedText: "a" });
    expect(end?.type === "run-end" && end.finishReason.note).toMatch(/no new text/);
    expect(bodies).toHaveLength(2);
  });

  test("a silent end at the limit is taken for a cut", async () => {
    const { run, bodies } = prepare({
      request: { autoContinue: CONTINUE },
      answers: [answer(["a", "b", "c"], null), answer(["d"], null)],
    });
    expect((await collect(run)).at(-1)).toMatchObject({
      finishReason: { kind: "unknown" },
      generatedText: "abcd",
    });
    expect(bodies).toHaveLength(2);
  });

  test("the text of special tokens is never sent back", async () => {
    const special = `${JSON.stringify({ token: { id: 2, text: "</s>", log_prob: -1, special_token: true } })}\n`;
    const { run, bodies } = prepare({
      request: { autoContinue: CONTINUE },
      answers: [[special, ...answer(["a"], "length")], answer(["b"], "eos_token")],
    });
    expect((await collect(run)).at(-1)).toMatchObject({ generatedText: "ab", tokens: 3 });
    expect(bodies[1]?.inputs).toBe("Q:a");
  });

  test("a character split over tokens is sent back whole", async () => {
    const pieces = ["\uFFFD", "\uFFFD"].map(
      (text) => `${JSON.stringify({ token: { id: 1, text, log_prob: -1 } })}\n`,
    );
    const last = {
      token: { id: 2, text: "!", log_prob: -1 },
      generated_text: "é!",
      details: { finish_reason: "length" },
    };
    const { run, bodies } = prepare({
      request: { autoContinue: CONTINUE },
      answers: [[...pieces, `${JSON.stringify(last)}\n`], answer(["b"], "eos_token")],
    });
    expect((await collect(run)).at(-1)).toMatchObject({ generatedText: "é!b" });
    expect(bodies[1]?.inputs).toBe("Q:é!");
  });

  test("a container that repeats the prompt in its text does not double it", async () => {
    const full = `${JSON.stringify({ token: { id: 1, text: "a", log_prob: -1 }, generated_text: "Q:a", details: { finish_reason: "length" } })}\n`;
    const { run, bodies } = prepare({
      request: { autoContinue: CONTINUE },
      answers: [[full], answer(["b"], "eos_token")],
    });
    expect((await collect(run)).at(-1)).toMatchObject({ generatedText: "ab" });
    expect(bodies[1]?.inputs).toBe("Q:a");
  });

  test("says of each part where the length was inferred", async () => {
    const { run } = prepare({
      request: { autoContinue: CONTINUE },
      answers: [answer(["a", "b", "c"], null), answer(["d"], "eos_token")],
    });
    const end = (await collect(run)).find((event) => event.type === "part-end");
    expect(end).toMatchObject({ finishReason: null, note: expect.stringContaining("Inferred") });
  });

  test("twelve characters that a part repeats are taken off, and said", async () => {
    const { run, bodies } = prepare({
      request: { autoContinue: CONTINUE },
      answers: [
        answer(["The cat", " sat on", " the mat"], "length"),
        answer(["t on", " the mat", " and", " slept."], "length"),
        answer([" Then", " it", " woke."], "eos_token"),
      ],
    });
    const events = await collect(run);
    expect(events.at(-1)).toMatchObject({
      generatedText: "The cat sat on the mat and slept. Then it woke.",
      tokens: 8,
      requests: 3,
    });
    const tokens = events.flatMap((event) => (event.type === "token" ? [event] : []));
    expect(tokens.map(({ text }) => text).join("")).toBe("The cat sat on the mat and slept. Then it woke.");
    expect(tokens.map(({ repeated = "" }) => repeated).join("")).toBe("t on the mat");
    expect(tokens.map(({ index }) => index)).toEqual([...tokens.keys()]);
    expect(tokens.filter(({ counts }) => !counts).map(({ part }) => part)).toEqual([1, 1]);
    expect(bodies[2]?.inputs).toBe("Q:The cat sat on the mat and slept.");
  });

  test("what a part repeats of the answer before it stays where it is short", async () => {
    const { run } = prepare({
      request: { autoContinue: CONTINUE },
      answers: [answer(["ab", "cd"], "length"), answer(["cd", "ef"], "eos_token")],
    });
    expect((await collect(run)).at(-1)).toMatchObject({ generatedText: "abcdcdef" });
  });

  test("an answer that is there already is gone on behind, and only the new text is told", async () => {
    const { run, bodies } = prepare({
      request: { autoContinue: CONTINUE, answerSoFar: " a b c" },
      answers: [answer([" d"], "length"), answer([" e"], "eos_token")],
    });
    expect((await collect(run)).at(-1)).toMatchObject({ generatedText: " d e", requests: 2 });
    expect(bodies.map((body) => body.inputs)).toEqual(["Q: a b c", "Q: a b c d"]);
  });

  describe("in a chat", () => {
    const messages = [{ role: "user" as const, content: "Q" }];
    const line = (content: string, reason: string) =>
      `${JSON.stringify({ choices: [{ delta: { content }, finish_reason: reason }] })}\n`;
    const request = { messages, autoContinue: CONTINUE, parameters: { maxNewTokens: 1 } };

    test("the answer is taken up inside its own message", async () => {
      const { run, bodies } = prepare({
        dialect: "chat",
        facts: ASYNC,
        request,
        answers: [[line("a", "length")], [line("b", "length")], [line("c", "stop")]],
      });
      expect((await collect(run)).at(-1)).toMatchObject({ generatedText: "abc", requests: 3 });
      expect(bodies[0]).not.toHaveProperty("continue_final_message");
      expect(bodies[2]).toMatchObject({
        messages: [...messages, { role: "assistant", content: "ab" }],
        continue_final_message: true,
        add_generation_prompt: false,
      });
    });

    test("a container that would open a new turn is not asked again", async () => {
      const { run, bodies } = prepare({ dialect: "chat", request, answers: [[line("a", "length")]] });
      const end = (await collect(run)).at(-1);
      expect(end).toMatchObject({ type: "run-end", finishReason: { kind: "length" }, generatedText: "a" });
      expect(end?.type === "run-end" && end.finishReason.note).toMatch(/cannot take up/);
      expect(bodies).toHaveLength(1);
    });
  });
});

test("an answer that is read as text is text alone, and its pieces are not taken for tokens of a limit", async () => {
  const lines = answer([" a", " b"], "length");
  const { run } = prepare({
    request: { readAs: "text", parameters: { maxNewTokens: lines.length }, autoContinue: CONTINUE },
    answers: [lines],
  });
  const events = await collect(run);
  const end = events.at(-1);
  expect(end).toMatchObject({ type: "run-end", finishReason: { raw: null, kind: "unknown" }, requests: 1 });
  const text = events.map((event) => (event.type === "token" ? event.text : "")).join("");
  expect(text).toContain('"log_prob"');
  expect(end).toMatchObject({ generatedText: text });
});
