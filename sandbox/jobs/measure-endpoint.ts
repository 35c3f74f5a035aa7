import { AwsError } from "../aws-error.ts";
import { isJsonObject, type JsonObject, stringAt } from "../json.ts";
import { seedFromText } from "../random.ts";
import { findDestination } from "../runtime/find-destination.ts";
import type { RuntimeParts } from "../runtime/runtime-parts.ts";
import { startInvocation } from "../runtime/start-invocation.ts";
import type { JobEnd, JobRecord } from "../state/job-records.ts";
import { below, parseLocation } from "../storage/object-location.ts";
import { writeObject } from "../storage/platform-objects.ts";
import type { Storage } from "../storage/storage.ts";
import { readPlan } from "./benchmark-plan.ts";
import { targetOf } from "./operations.ts";
import { type Arrival, type ChatAnswer, failedAnswer, readChatAnswer } from "./read-chat-answer.ts";
import { runBenchmark, type Sample } from "./run-benchmark.ts";
import { summarize } from "./summarize.ts";
import { requireWorkload } from "./workloads.ts";
import { writeTar } from "./write-tar.ts";

/** Runs a benchmark job against the endpoint's own containers and writes what was measured to S3. */
export async function measureEndpoint(
  parts: RuntimeParts,
  storage: Storage,
  job: JobRecord,
  signal: AbortSignal,
): Promise<JobEnd> {
  try {
    const plan = readPlan(
      requireWorkload(parts.scope, stringAt(job.input, "AIWorkloadConfigIdentifier") ?? "").input,
    );
    const { endpoint, components } = targetOf(job.input);
    const samples = await runBenchmark(plan, {
      // AIPerf's round robin over the components.
      ask: (body, index) =>
        ask(parts, endpoint, components[index % Math.max(1, components.length)], body, signal),
      ticks: () => performance.now(),
      signal,
      seed: parts.scope.seed ^ seedFromText(job.name),
    });
    const [first] = samples;
    if (first === undefined || samples.every(({ answer }) => answer.error !== null)) {
      return {
        ok: false,
        reason: `Every request failed. The first: ${first?.answer.error ?? "none was sent"}`,
      };
    }
    const summary = summarize(plan, samples);
    const { OutputConfig: output } = job.input;
    const folder = parseLocation(isJsonObject(output) ? (stringAt(output, "S3OutputLocation") ?? "") : "");
    if (folder === undefined) return { ok: false, reason: "The output location is no place in S3." };
    const archive = writeTar(filesOf(job, summary, samples), parts.scope.clock.now());
    await writeObject(
      storage,
      below(folder, `${job.name}/output/output.tar.gz`),
      archive,
      "application/gzip",
    );
    return { ok: true };
  } catch (error) {
    if (error instanceof AwsError) return { ok: false, reason: `${error.code}: ${error.message}` };
    throw error;
  }
}

async function ask(
  parts: RuntimeParts,
  endpoint: string,
  component: string | undefined,
  body: JsonObject,
  stopping: AbortSignal,
): Promise<ChatAnswer> {
  const destination = findDestination(parts.scope, endpoint, { variant: undefined, component }, parts.random);
  if ("refusal" in destination) return failedAnswer(String(destination.refusal.body.Message));
  if (destination.config.AsyncInferenceConfig !== undefined) {
    return failedAnswer("The endpoint takes asynchronous requests alone.");
  }
  const limit = body.stream === true ? parts.limits.stream : parts.limits.whole;
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(limit)]);
  let end: (abandoned: boolean) => void = () => undefined;
  try {
    const reply = await startInvocation(parts, destination, {
      operation: body.stream === true ? "invocations-response-stream" : "invocations",
      fault: undefined,
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify(body)),
      signal,
      whenOver: (over) => {
        end = over;
      },
    });
    if (reply === undefined) return failedAnswer("The container did not answer in time.");
    const arrivals: Arrival[] = [];
    for await (const bytes of reply.chunks) arrivals.push({ at: performance.now(), bytes });
    if (reply.status >= 400) {
      const text = Buffer.concat(arrivals.map(({ bytes }) => bytes)).toString("utf8");
      return failedAnswer(`${reply.status}: ${text.slice(0, 300)}`);
    }
    return readChatAnswer(arrivals);
  } finally {
    end(false);
  }
}

/** The files of AIPerf's export that the documentation names. */
function filesOf(job: JobRecord, summary: JsonObject, samples: readonly Sample[]): Record<string, string> {
  const origin = performance.timeOrigin;
  const nanoseconds = (at: number) => Math.round((origin + at) * 1e6);
  const outputs = samples.map(({ id, startedAt, endedAt, answer }) => ({
    conversation_id: id,
    response_text: answer.text,
    error: answer.error,
    request_start_ns: nanoseconds(startedAt),
    request_end_ns: nanoseconds(endedAt),
    metrics: { request_latency: endedAt - startedAt, output_sequence_length: answer.outputTokens },
  }));
  const inputs = samples.map(({ id, body }) => ({ session_id: id, payloads: [body] }));
  return {
    "profile_export_aiperf.json": JSON.stringify({ benchmark_id: job.name, ...summary }, null, 2),
    "inputs.json": JSON.stringify({ data: inputs }, null, 2),
    "outputs.json": JSON.stringify({ data: outputs }, null, 2),
  };
}
