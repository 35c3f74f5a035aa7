import { expect, test } from "vitest";
import { readPlan } from "./benchmark-plan.ts";
import { failedAnswer } from "./read-chat-answer.ts";
import { summarize } from "./summarize.ts";

const PLAN = readPlan({});

function sample(startedAt: number, first: number, endedAt: number, outputTokens: number) {
  const answer = { error: null, text: "", promptTokens: 7, outputTokens, arrivals: [first, endedAt] };
  return { id: `${startedAt}`, body: {}, startedAt, endedAt, answer };
}

test("the metrics are those of the requests, failed ones counted apart", () => {
  const samples = [
    sample(0, 100, 500, 5),
    sample(0, 200, 1000, 9),
    { ...sample(500, 0, 2000, 0), answer: failedAnswer("no") },
  ];
  expect(summarize(PLAN, samples)).toMatchObject({
    request_count: { avg: 2 },
    error_request_count: { avg: 1 },
    benchmark_duration: { unit: "sec", avg: 2 },
    request_throughput: { avg: 1 },
    output_token_throughput: { avg: 7 },
    request_latency: { avg: 750, min: 500, max: 1000, std: 250, p50: 750, p99: 995 },
    time_to_first_token: { avg: 150 },
    inter_token_latency: { avg: 100, std: 0 },
    input_sequence_length: { avg: 7 },
    error_summary: [{ error_details: { message: "no" }, count: 1 }],
  });
});

test("what was not measured is not there", () => {
  const whole = { ...sample(0, 0, 10, 3) };
  const found = summarize(PLAN, [{ ...whole, answer: { ...whole.answer, arrivals: [] } }]);
  expect(found).not.toHaveProperty("time_to_first_token");
  expect(found).not.toHaveProperty("inter_token_latency");
});
