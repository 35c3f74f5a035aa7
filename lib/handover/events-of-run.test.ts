import { expect, test } from "vitest";
import { emptyRun, reduceRun } from "#lib/run/reduce-run.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { prepare } from "#lib/run/scripted-run.ts";
import { eventsOfRun } from "./events-of-run.ts";

function line(text: string, end = ""): string {
  return `{"token": {"id": 1, "text": "${text}", "log_prob": -0.5}${end}}\n`;
}

async function eventsFrom(answers: string[][]): Promise<RunEvent[]> {
  const { run } = prepare({
    answers,
    request: { autoContinue: { maxRequests: 5, maxTokens: 100 } },
  });
  const events: RunEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}

test("a run folded from its own events is the same run", async () => {
  const cut = ', "generated_text": "ab", "details": {"finish_reason": "length"}';
  const over = ', "generated_text": "c", "details": {"finish_reason": "eos_token"}';
  const events = await eventsFrom([[line("a"), line("b", cut)], [line("c", over)]]);
  const run = reduceRun(emptyRun(), events);
  const again = reduceRun(emptyRun(), eventsOfRun(run, "demo"));
  expect(again.tokens).toEqual(run.tokens);
  expect(again).toMatchObject({
    generatedText: "abc",
    requests: 2,
    finishReason: run.finishReason,
    parts: run.parts,
    status: "finished",
  });
});

test("a run that failed stays a failure with its text", async () => {
  const events = await eventsFrom([[line("a"), '{"error":"boom","code":424}']]);
  const run = reduceRun(emptyRun(), events);
  const again = reduceRun(emptyRun(), eventsOfRun(run, "demo"));
  expect(again).toMatchObject({ status: "failed", generatedText: "a", failure: run.failure });
});
