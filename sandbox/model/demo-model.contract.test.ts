import { fileURLToPath } from "node:url";
import { getLlama, type LlamaContextSequence, type LlamaModel } from "node-llama-cpp";
import { beforeAll, describe, expect, test } from "vitest";
import { type Completion, complete, measureConfidence } from "./complete.ts";
import heldOut from "./held-out.json" with { type: "json" };
import { countTopicPhrases } from "./topic-phrases.ts";
import facts from "./training/data/facts.json" with { type: "json" };
import stories from "./training/data/stories.json" with { type: "json" };
import topics from "./training/data/topics.json" with { type: "json" };

const MODEL_PATH = fileURLToPath(new URL("./sagescope-demo.gguf", import.meta.url));
const CONTEXT_SIZE = 1536;
const LONG_TEST_MS = 180_000;
/** The prompt that the dashboard offers first, with every boundary a client may leave at its end. */
const FLAGSHIP = "Write a short paragraph about the benefits of exercising regularly.";
const BOUNDARIES = ["", "\n", "\n\n", " "];
const SEEDS = [1, 2, 3, 4, 5, 6];

type Engine = { model: LlamaModel; sequence: LlamaContextSequence };

const NAMES = new Set([...stories.she, ...stories.he, ...facts.names]);

/** Undefined with the reason where this platform has no prebuilt engine. */
async function openEngine(): Promise<Engine | string> {
  const llama = await getLlama({ build: "never", gpu: false }).catch((error: Error) => error.message);
  if (typeof llama === "string") return llama;
  const model = await llama.loadModel({ modelPath: MODEL_PATH });
  // More threads are slower here: they spin next to the other test files.
  const context = await model.createContext({ threads: 1, contextSize: CONTEXT_SIZE });
  return { model, sequence: context.getSequence() };
}

const engine = await openEngine();
const reason = typeof engine === "string" ? ` (skipped: ${engine})` : "";

async function answer(prompt: string, limit: number, temperature: number, seed = 1): Promise<Completion> {
  if (typeof engine === "string") throw new Error(engine);
  return complete(engine.model, engine.sequence, prompt, { temperature, limit, seed });
}

async function answerAll(prompts: string[], limit: number, temperature: number): Promise<Completion[]> {
  const completions: Completion[] = [];
  for (const [index, prompt] of prompts.entries()) {
    completions.push(await answer(prompt, limit, temperature, index + 1));
  }
  return completions;
}

/** Whether some run of five words occurs four times or more. */
function isLooping({ text }: Completion): boolean {
  const words = text.split(/\s+/);
  const counts = new Map<string, number>();
  for (let index = 0; index + 5 <= words.length; index += 1) {
    const run = words.slice(index, index + 5).join(" ");
    counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) >= 4;
}

/** Whether a text uses phrases of its prompt's topic and of no other one. */
function isOnTopic(prompt: string, text: string): boolean {
  const { own, foreign } = countTopicPhrases(prompt, text);
  return own >= 1 && foreign === 0;
}

/** The heroes' names that a text has, each once. */
function namesIn(text: string): Set<string> {
  return new Set((text.match(/\p{Lu}\p{L}+/gu) ?? []).filter((word) => NAMES.has(word)));
}

/** What an entry of a numbered list says, without its number and its lead. */
function entryOf(line: string): string {
  return line
    .replace(/^\d\. (It (can|is known to) )?/, "")
    .replace(/\.$/, "")
    .toLowerCase();
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe.skipIf(typeof engine === "string")(`demonstration model${reason}`, () => {
  let paragraphs: Completion[] = [];
  beforeAll(async () => {
    paragraphs = await answerAll(heldOut.paragraphs, 200, 0.7);
  }, LONG_TEST_MS);

  test("paragraphs are short, do not loop and end by themselves", () => {
    expect(paragraphs.every(({ ended }) => ended)).toBe(true);
    expect(paragraphs.filter(isLooping)).toHaveLength(0);
    expect(mean(paragraphs.map(({ tokens }) => tokens.length))).toBeGreaterThan(50);
  });

  test("paragraphs stay on the topic of their prompt", () => {
    const onTopic = paragraphs.filter(({ text }, index) => isOnTopic(heldOut.paragraphs[index] ?? "", text));
    expect(onTopic.length).toBeGreaterThanOrEqual(19);
  });

  test("the offered prompt is always answered about exercise", { timeout: LONG_TEST_MS }, async () => {
    for (const boundary of BOUNDARIES) {
      for (const seed of SEEDS) {
        const { text, ended } = await answer(FLAGSHIP + boundary, 200, 0.7, seed);
        expect(isOnTopic(FLAGSHIP, text), text).toBe(true);
        expect(ended).toBe(true);
      }
    }
  });

  test("stories do not loop, keep to one name and end by themselves", { timeout: LONG_TEST_MS }, async () => {
    const completions = await answerAll(heldOut.stories, 350, 0.7);
    expect(completions.filter(({ text }) => namesIn(text).size <= 1).length).toBeGreaterThanOrEqual(19);
    expect(completions.filter(({ ended }) => ended).length).toBeGreaterThanOrEqual(19);
    expect(completions.filter(isLooping)).toHaveLength(0);
    expect(mean(completions.map(({ tokens }) => tokens.length))).toBeGreaterThan(90);
  });

  test("a story takes the name that its prompt gives", { timeout: LONG_TEST_MS }, async () => {
    for (const [index, name] of ["Clara", "Bruno", "Miguel", "Brindor"].entries()) {
      const { text } = await answer(`Tell me a story about a fox named ${name}.`, 350, 0.7, index + 1);
      expect(text.split(name).length, text).toBeGreaterThan(2);
      expect([...namesIn(text)].filter((other) => other !== name)).toEqual([]);
    }
  });

  test("articles go well beyond 256 tokens, do not loop and end", { timeout: LONG_TEST_MS }, async () => {
    // They are as long as everything else here together: eight of them show whether the model can.
    const completions = await answerAll(heldOut.articles.slice(0, 8), 1100, 0.7);
    expect(completions.filter(({ tokens }) => tokens.length > 300)).toHaveLength(8);
    expect(completions.filter(isLooping)).toHaveLength(0);
    expect(completions.every(({ ended }) => ended)).toBe(true);
    const counts = completions.map(({ text }, index) =>
      countTopicPhrases(heldOut.articles[index] ?? "", text),
    );
    expect(counts.reduce((sum, { foreign }) => sum + foreign, 0)).toBeLessThanOrEqual(2);
    expect(counts.reduce((sum, { own }) => sum + own, 0)).toBeGreaterThan(50);
  });

  test("an article that was cut goes on from its own text and ends", { timeout: LONG_TEST_MS }, async () => {
    const prompt = "Write a long article about the benefits of walking.\n\n";
    const first = await answer(prompt, 256, 0.7);
    const rest = await answer(prompt + first.text, 800, 0.7);
    expect(first.ended).toBe(false);
    expect(rest.ended).toBe(true);
    expect(rest.tokens.length).toBeGreaterThan(60);
    expect(rest.text).toContain("## ");
    expect(rest.text).not.toContain("# Walking");
  });

  test("reviews held out from training are classified", { timeout: LONG_TEST_MS }, async () => {
    const completions = await answerAll(
      heldOut.reviews.map(({ prompt }) => prompt),
      4,
      0,
    );
    const right = completions.filter(({ text }, index) => text === ` ${heldOut.reviews[index]?.answer}`);
    expect(right.length / completions.length).toBeGreaterThanOrEqual(0.95);
    expect(completions.every(({ ended }) => ended)).toBe(true);
  });

  test("every entry of a list is one of its topic's, each once", { timeout: LONG_TEST_MS }, async () => {
    const asked = topics.filter((_, index) => index % 3 === 0);
    for (const [index, topic] of asked.entries()) {
      const { text } = await answer(`List three benefits of ${topic.name[0]}.`, 120, 0.7, index + 1);
      const entries = text.trim().split("\n").map(entryOf);
      expect(new Set(entries).size, text).toBe(3);
      expect([...topic.body, ...topic.mind].map((phrase) => phrase.toLowerCase())).toEqual(
        expect.arrayContaining(entries),
      );
    }
  });

  test("a name and a city are copied into JSON, with a line break behind the prompt or without", {
    timeout: LONG_TEST_MS,
  }, async () => {
    for (const boundary of BOUNDARIES) {
      const city = await answer(`Extract the city as JSON: Miriam lives in Toronto.${boundary}`, 40, 0);
      const name = await answer(
        `Extract the name as JSON: Zelnor travelled to Paris last year.${boundary}`,
        40,
        0,
      );
      expect([city.text.trim(), name.text.trim()]).toEqual(['{"city": "Toronto"}', '{"name": "Zelnor"}']);
    }
  });

  test("known facts are right and surer than invented ones", { timeout: LONG_TEST_MS }, async () => {
    const known = await answerAll(
      heldOut.known.map(({ prompt }) => prompt),
      24,
      0,
    );
    const unknown = await answerAll(heldOut.unknown, 24, 0);
    const right = known.filter(({ text }, index) => text === ` ${heldOut.known[index]?.answer}`);
    expect(right.length).toBeGreaterThanOrEqual(19);
    expect(known.every(({ ended }) => ended)).toBe(true);
    expect(mean(known.map(measureConfidence))).toBeGreaterThan(0.9);
    expect(mean(unknown.map(measureConfidence))).toBeLessThan(0.45);
    // Also one by one: nearly every known fact is above the surest invented one.
    const surest = Math.max(...unknown.map(measureConfidence));
    expect(
      known.filter((completion) => measureConfidence(completion) > surest).length,
    ).toBeGreaterThanOrEqual(19);
  });
});
