import { describe, expect, test } from "vitest";
import type { RunEvent } from "#lib/run/run-event.ts";
import { type ReadCell, readCellRun, readRows } from "./classification.ts";
import { classifyCells } from "./classify-cells.ts";
import { type ClassifySpec, experimentSpecSchema, requestsOf } from "./experiment-spec.ts";
import { planCells } from "./plan-cells.ts";

const SPEC: ClassifySpec = {
  kind: "classify",
  request: { endpointName: "demo", prompt: "Review: {{text}}\nSentiment:", parameters: { topP: 0.5 } },
  labels: [
    { name: "positive", variants: [" positive", " good"] },
    { name: "negative", variants: [" negative"] },
  ],
  rows: [
    { text: "Nice {{text}}", truth: 0 },
    { text: "Cold", truth: 1 },
  ],
  scoring: "alternatives",
  seed: 1,
  concurrency: 2,
};

describe("the requests of a classification", () => {
  test("are one a row, greedy, with all alternatives, and no variable inside a text", () => {
    const [first, second] = planCells(SPEC);
    expect(first?.request).toMatchObject({
      prompt: "Review: Nice {{text}}\nSentiment:",
      parameters: { topP: 0.5, temperature: 0, alternatives: 20, maxNewTokens: 8 },
    });
    expect(second?.position).toBe(1);
  });

  test("or one for each variant, whose tokens come back with the prompt's", () => {
    const cells = planCells({ ...SPEC, scoring: "forced" });
    expect(cells).toHaveLength(6);
    expect(requestsOf({ ...SPEC, scoring: "forced" })).toBe(6);
    expect(cells[1]?.request).toMatchObject({
      prompt: "Review: Nice {{text}}\nSentiment: good",
      stream: false,
      parameters: { maxNewTokens: 1, promptTokens: true, details: true, topP: 0.5 },
    });
  });

  test.each([
    ["no {{text}} in the prompt", { request: { ...SPEC.request, prompt: "Review:" } }, "request.prompt"],
    ["a label that is not there", { rows: [{ text: "x", truth: 2 }] }, "rows"],
    ["one label", { labels: SPEC.labels.slice(0, 1), rows: [{ text: "x", truth: 0 }] }, "labels"],
    ["no rows", { rows: [] }, "rows"],
    [
      "too many requests",
      {
        scoring: "forced",
        labels: SPEC.labels.map((label) => ({
          ...label,
          variants: Array.from({ length: 9 }, (_, at) => ` ${label.name}${at}`),
        })),
        rows: Array.from({ length: 300 }, () => ({ text: "x", truth: 0 })),
      },
      "rows",
    ],
  ])("%s is refused", (_what, change, field) => {
    const parsed = experimentSpecSchema.safeParse({ ...SPEC, ...change });
    expect(parsed.error?.issues[0]?.path.join(".")).toBe(field);
  });
});

describe("a row", () => {
  const planned = classifyCells({ ...SPEC, scoring: "forced" }).slice(0, 3);
  const spec = { labels: SPEC.labels, rows: SPEC.rows.slice(0, 1) };

  function cell(state: ReadCell["state"], more: Partial<ReadCell> = {}): ReadCell {
    return { state, runId: "r", answer: "", failure: null, reading: null, ...more };
  }

  test.each([
    [["waiting", "waiting", "waiting"], "waiting"],
    [["done", "waiting", "waiting"], "running"],
    [["done", "running", "waiting"], "running"],
    [["done", "stopped", "waiting"], "stopped"],
    [["done", "failed", "waiting"], "failed"],
  ] as const)("of requests that are %j is %s", (states, expected) => {
    const [row] = readRows(
      spec,
      planned,
      states.map((state) => cell(state)),
    );
    expect(row).toMatchObject({ state: expected, score: null });
  });

  test("whose container sends no tokens of the prompt says so", () => {
    const events: RunEvent[] = [
      { type: "malformed", raw: '{"generated_text":"x","details":{"finish_reason":null}}' },
    ];
    const reading = readCellRun(planned[0] ?? { forced: null }, events, SPEC.labels);
    const [row] = readRows(
      spec,
      planned,
      planned.map(() => cell("done", { reading })),
    );
    expect(row).toMatchObject({
      state: "failed",
      failure: { message: "This container sent no log probabilities of the prompt." },
    });
  });
});
