import { expect, test } from "vitest";
import { exampleTable } from "#lib/classify/example-table.ts";
import { readTable } from "#lib/classify/read-table.ts";
import { buildClassification, type ClassificationDraft } from "./build-classification.ts";

const DRAFT: ClassificationDraft = {
  endpointName: "demo",
  prompt: "Review: {{text}}\nSentiment:",
  table: readTable(exampleTable()),
  columns: { text: "text", label: "label" },
  labels: "positive\nnegative",
  rule: { anyCase: true, anyLead: true },
  scoring: "alternatives",
  asChat: false,
  maxNewTokens: "8",
  concurrency: "4",
  seed: "1",
};

test("the example makes a classification of both labels and more than the thirty rows that a temperature needs", () => {
  const built = buildClassification(DRAFT);
  if (!built.ok) throw new Error(built.failures[0]?.message);
  expect(built.value.rows.length).toBeGreaterThanOrEqual(40);
  expect(new Set(built.value.rows.map(({ truth }) => truth))).toEqual(new Set([0, 1]));
  expect(built.value.request).toEqual({
    endpointName: "demo",
    prompt: DRAFT.prompt,
    parameters: { maxNewTokens: 8 },
  });
});

test("a chat's message is asked for as such, but a label goes behind a text alone", () => {
  const chat = buildClassification({ ...DRAFT, asChat: true });
  const forced = buildClassification({
    ...DRAFT,
    asChat: true,
    scoring: "forced",
    rule: { anyCase: false, anyLead: false },
  });
  expect(chat).toMatchObject({ value: { request: { dialect: "chat" } } });
  expect(forced.ok && forced.value.request).toEqual({
    endpointName: "demo",
    prompt: DRAFT.prompt,
    parameters: { maxNewTokens: 1 },
  });
});

test.each([
  ["no endpoint", { endpointName: "" }, "endpointName", "Pick an endpoint to ask."],
  ["no text", { prompt: "Sentiment:" }, "prompt", "The prompt needs {{text}} where a row's text goes."],
  [
    "another variable",
    { prompt: "{{text}} {{tone}}" },
    "prompt",
    "Only {{text}} is filled in; {{tone}} would be sent as it is.",
  ],
  ["one label", { labels: "positive" }, "labels", "Give at least two labels, one a line."],
  ["no table", { table: readTable("") }, "table", "There is no table yet."],
  [
    "a label too few",
    { labels: "positive\nneutral" },
    "table",
    "Line 3 says “negative”, which is none of the labels.",
  ],
  [
    "nothing at once",
    { concurrency: "" },
    "concurrency",
    "Requests at once must be a whole number from 1 to 32.",
  ],
  [
    "half a seed",
    { seed: "0.5" },
    "seed",
    "The seed of the split must be a whole number from 0 to 4,294,967,295.",
  ],
] as const)("%s is said by its field", (_what, change, field, message) => {
  expect(buildClassification({ ...DRAFT, ...change })).toMatchObject({
    ok: false,
    failures: [{ field, message }],
  });
});

test("too many requests are said to be", () => {
  const table = readTable(`text,label\n${"a,positive\nb,negative\n".repeat(200)}`);
  const built = buildClassification({ ...DRAFT, table, scoring: "forced" });
  expect(built).toMatchObject({
    failures: [{ message: "This classification takes more than 5000 requests." }],
  });
});
