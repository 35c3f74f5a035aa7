import type { JsonObject } from "../json.ts";
import type { BenchmarkPlan } from "./benchmark-plan.ts";
import type { Sample } from "./run-benchmark.ts";

const PERCENTILES = [1, 5, 10, 25, 50, 75, 90, 95, 99];

/**
 * The metrics of a run under the names and in the units of AIPerf's export. Inter-token latency is
 * (latency − time to first token) / (output tokens − 1), by request. Requests that failed are counted and not measured.
 */
export function summarize(plan: BenchmarkPlan, samples: readonly Sample[]): JsonObject {
  const good = samples.filter(({ answer }) => answer.error === null);
  const first = Math.min(...samples.map(({ startedAt }) => startedAt));
  const last = Math.max(...samples.map(({ endedAt }) => endedAt));
  const seconds = samples.length === 0 ? 0 : (last - first) / 1000;
  const tokens = good.flatMap(({ answer }) => answer.outputTokens ?? []);
  const total = tokens.reduce((sum, count) => sum + count, 0);
  const rate = (amount: number) => (seconds > 0 ? amount / seconds : 0);
  return {
    ...single("request_count", "requests", good.length),
    ...single("error_request_count", "requests", samples.length - good.length),
    ...single("benchmark_duration", "sec", seconds),
    ...single("request_throughput", "requests/sec", rate(good.length)),
    ...single("output_token_throughput", "tokens/sec", rate(total)),
    ...spread(
      "request_latency",
      "ms",
      good.map(({ startedAt, endedAt }) => endedAt - startedAt),
    ),
    ...spread("time_to_first_token", "ms", good.flatMap(firstTokenOf)),
    ...spread("inter_token_latency", "ms", good.flatMap(interTokenOf)),
    ...spread("output_sequence_length", "tokens", tokens),
    ...spread(
      "input_sequence_length",
      "tokens",
      good.flatMap(({ answer }) => answer.promptTokens ?? []),
    ),
    input_config: { loadgen: { concurrency: plan.concurrency, request_count: plan.request_count } },
    was_cancelled: false,
    error_summary: errorsOf(samples),
  };
}

function firstTokenOf({ startedAt, answer }: Sample): number[] {
  const [first] = answer.arrivals;
  return first === undefined ? [] : [first - startedAt];
}

function interTokenOf(sample: Sample): number[] {
  const [first] = firstTokenOf(sample);
  const tokens = sample.answer.outputTokens ?? 0;
  if (first === undefined || tokens < 2) return [];
  return [(sample.endedAt - sample.startedAt - first) / (tokens - 1)];
}

function single(name: string, unit: string, value: number): JsonObject {
  return { [name]: { unit, avg: value } };
}

// What was not measured is not there, and is not zero.
function spread(name: string, unit: string, values: readonly number[]): JsonObject {
  if (values.length === 0) return {};
  const sorted = values.toSorted((left, right) => left - right);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const percentiles = PERCENTILES.map((percent) => [`p${percent}`, percentile(sorted, percent)] as const);
  return {
    [name]: {
      unit,
      avg: mean,
      min: sorted[0] ?? 0,
      max: sorted.at(-1) ?? 0,
      std: Math.sqrt(variance),
      ...Object.fromEntries(percentiles),
    },
  };
}

/** Between the two nearest values, as numpy's default does. */
function percentile(sorted: readonly number[], percent: number): number {
  const place = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

function errorsOf(samples: readonly Sample[]): JsonObject[] {
  const counts = new Map<string, number>();
  for (const { answer } of samples) {
    if (answer.error !== null) counts.set(answer.error, (counts.get(answer.error) ?? 0) + 1);
  }
  return [...counts].map(([message, count]) => ({ error_details: { message }, count }));
}
