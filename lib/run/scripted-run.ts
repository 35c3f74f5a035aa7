import type { Failure, Result } from "#lib/failure.ts";
import { invokeRun, type RunOptions } from "#lib/run/continue-run.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import type { RunEvent } from "#lib/run/run-event.ts";

// Runs against answers written down beforehand, for the tests of this room.

const ROLLING = { release: 31, mode: "rolling", engine: "vllm" } as const;
export const ASYNC = { release: 36, mode: "async", engine: "vllm" } as const;

type Answer = (string | Uint8Array)[] | Failure | (() => AsyncIterable<Uint8Array>);

type Setup = Partial<Omit<RunOptions, "request">> & { request?: Partial<InvokeRequest>; answers: Answer[] };

function describeError(error: unknown): Failure {
  return { code: "unreachable", message: error instanceof Error ? error.message : String(error) };
}

/** A run against answers given in order; `bodies` is what was asked. */
export function prepare({ answers, request, ...options }: Setup) {
  const bodies: {
    inputs?: string;
    messages?: unknown;
    parameters?: Record<string, unknown>;
    max_tokens?: number;
  }[] = [];
  let time = 0;
  const run = invokeRun({
    runId: "run-1",
    request: { endpointName: "demo", prompt: "Q:", parameters: { maxNewTokens: 3 }, ...request },
    dialect: "lmi",
    facts: ROLLING,
    startedAt: 1_700_000_000_000,
    now: () => {
      time += 1;
      return 1_000 + time;
    },
    signal: new AbortController().signal,
    describeError,
    invoke: (body) => {
      bodies.push(JSON.parse(body));
      return open(answers[bodies.length - 1]);
    },
    ...options,
  });
  return { run, bodies };
}

async function open(
  answer: Answer | undefined,
): Promise<Result<{ bytes: AsyncIterable<Uint8Array>; contentType: null }>> {
  if (answer === undefined) throw new Error("one request too many");
  if (typeof answer === "function") return { ok: true, value: { bytes: answer(), contentType: null } };
  if (!Array.isArray(answer)) return { ok: false, failure: answer };
  return { ok: true, value: { bytes: bytesOf(answer), contentType: null } };
}

async function* bytesOf(chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
}

export async function collect(run: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}

/** Words as token lines, the last with the whole text and the reason. */
export function answer(words: string[], reason: string | null): string[] {
  return words.map((text, index) => {
    const token = { id: index, text, log_prob: -0.5 };
    const isLast = index === words.length - 1;
    const end = isLast ? { generated_text: words.join(""), details: { finish_reason: reason } } : {};
    return `${JSON.stringify({ token, ...end })}\n`;
  });
}
