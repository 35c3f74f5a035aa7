import type { Token } from "node-llama-cpp";
import { describe, expect, test } from "vitest";
import { generateTokens, type Loaded, type Sequence } from "./generate-tokens.ts";
import type { GenerationEvent, GenerationRequest } from "./generation.ts";
import { createVocabulary } from "./vocabulary.ts";

// "é" is two tokens here, "😀" four.
const TOKENS = ["a", "Ã", "©", "ð", "Ł", "ĺ", "Ģ", "<|end|>"];
const END = 7;

/** A model that prefers the token after the last one it was fed, by a fixed distance. */
function counting(): Sequence & { fed: number[] } {
  const fed: number[] = [];
  return {
    fed,
    async clearHistory() {
      fed.length = 0;
    },
    async controlledEvaluate(input) {
      const ids = input.map((item) => (Array.isArray(item) ? item[0] : item)) as number[];
      fed.push(...ids);
      const next = ((ids.at(-1) ?? 0) + 1) % TOKENS.length;
      const logits = new Map([
        [next as Token, 2],
        ...TOKENS.flatMap((_, id) => (id === next ? [] : [[id as Token, 0] as const])),
      ]);
      return input.map((_, index) => (index === input.length - 1 ? { next: { logits } } : undefined));
    },
  };
}

const LOADED: Loaded = {
  vocabulary: createVocabulary({
    model: "gpt2",
    tokens: TOKENS,
    types: TOKENS.map((_, id) => (id === END ? 3 : 1)),
  }),
  contextSize: 20,
  startToken: END as Token,
  tokenize: (text) => Array.from(text, () => 0 as Token),
  endsGeneration: (token) => (token as number) === END,
};

const REQUEST: GenerationRequest = {
  prompt: "aa",
  maxTokens: 7,
  refuseOverlong: true,
  temperature: 0,
  topK: 0,
  topP: 1,
  minP: 0,
  repetitionPenalty: 1,
  presencePenalty: 0,
  frequencyPenalty: 0,
  seed: 1,
  ignoreEos: false,
  stopTokenIds: [],
  alternatives: 0,
  promptLogProbs: false,
};

async function run(changes: Partial<GenerationRequest>, cancelAfter = Number.POSITIVE_INFINITY) {
  const events: GenerationEvent[] = [];
  const sequence = counting();
  const request = { ...REQUEST, ...changes };
  for await (const event of generateTokens(LOADED, sequence, request, () => events.length >= cancelAfter)) {
    events.push(event);
  }
  return {
    events,
    tokens: events.flatMap((event) => (event.type === "token" ? [event] : [])),
    fed: sequence.fed,
  };
}

// One token of eight is two above the rest.
const LIKELY = 2 - Math.log(Math.exp(2) + 7);
const UNLIKELY = -Math.log(Math.exp(2) + 7);

describe("a generation", () => {
  test("holds the bytes of a character back until it is whole, and ends with the end token", async () => {
    const { tokens } = await run({});
    expect(tokens.map((event) => event.token.id)).toEqual([1, 2, 3, 4, 5, 6, END]);
    expect(tokens.map((event) => event.delta)).toEqual(["", "é", "", "", "", "😀", ""]);
    expect(tokens.map((event) => event.token.text)[0]).toBe("\ufffd");
    expect(tokens.at(-1)).toMatchObject({ special: true, finish: { reason: "eos", stop: null } });
    for (const event of tokens) expect(event.token.logProb).toBeCloseTo(LIKELY, 12);
  });

  test("reports the model's own log prob for a token that temperature and seed chose", async () => {
    const { tokens } = await run({ temperature: 50, seed: 3, ignoreEos: true, maxTokens: 15 });
    const found = new Set(tokens.map((event) => event.token.logProb.toFixed(9)));
    expect(found).toEqual(new Set([LIKELY.toFixed(9), UNLIKELY.toFixed(9)]));
  });

  test("goes on after the end token where asked, and ends at its length", async () => {
    const { tokens, fed } = await run({ ignoreEos: true, maxTokens: 9 });
    expect(tokens.map((event) => event.token.id)).toEqual([1, 2, 3, 4, 5, 6, END, 0, 1]);
    expect(tokens.at(-1)?.finish).toEqual({ reason: "length", stop: null });
    // The last token is answered, not fed.
    expect(fed).toHaveLength(2 + 8);
  });

  test("ends at a stop token", async () => {
    const { tokens } = await run({ stopTokenIds: [3] });
    expect(tokens.at(-1)).toMatchObject({ token: { id: 3 }, finish: { reason: "stop", stop: 3 } });
  });

  test("gives as many alternatives as asked, best first", async () => {
    const { tokens } = await run({ alternatives: 3 });
    expect(tokens[0]?.top.map((candidate) => candidate.id)).toEqual([1, 0, 2]);
    expect(tokens[0]?.top[1]?.logProb).toBeCloseTo(UNLIKELY, 12);
  });

  test("stops without another word when it is cancelled", async () => {
    const { events, fed } = await run({}, 3);
    expect(events).toHaveLength(3);
    expect(fed.length).toBeLessThanOrEqual(4);
  });
});

describe("a prompt", () => {
  test("has a log prob for every token but the first, where asked", async () => {
    const { events } = await run({ prompt: "aaa", promptLogProbs: true });
    const prompt = events[0];
    if (prompt?.type !== "prompt") throw new Error("no prompt event");
    expect(prompt.count).toBe(3);
    expect(prompt.tokens.map((token) => token.logProb?.toFixed(9) ?? null)).toEqual([
      null,
      UNLIKELY.toFixed(9),
      UNLIKELY.toFixed(9),
    ]);
  });

  test("that does not fit is refused, alone or with what is asked for", async () => {
    const tooLong = [{ type: "too-long", promptTokens: 20, contextSize: 20 }];
    expect((await run({ prompt: "a".repeat(20) })).events).toEqual(tooLong);
    expect((await run({ prompt: "a".repeat(14) })).events[0]?.type).toBe("too-long");
    const clipped = await run({ prompt: "a".repeat(14), refuseOverlong: false, ignoreEos: true });
    expect(clipped.tokens).toHaveLength(6);
  });

  test("that is empty starts from the start token", async () => {
    const { tokens } = await run({ prompt: "", maxTokens: 1 });
    expect(tokens[0]?.token.id).toBe(0);
  });
});
