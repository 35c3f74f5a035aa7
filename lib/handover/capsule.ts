import * as z from "zod/mini";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { invokeRun } from "#lib/run/continue-run.ts";
import { createEventDecoder } from "#lib/run/event-lines.ts";
import { invokeRequestSchema } from "#lib/run/invoke-request.ts";
import { type RunEvent, runEventSchema } from "#lib/run/run-event.ts";
import { UNKNOWN_FACTS } from "#lib/wire/wire-facts.ts";

const FORMAT = "sagescope-capsule";

/** In bytes. A capsule of a long answer has a few megabytes; more would only stall whoever reads it. */
export const LARGEST_CAPSULE = 64 * 1_024 * 1_024;

/**
 * A run to hand over: what was asked, of which container, and every event with its own numbers. It holds no
 * account, no address and no variable of the container's environment, so nothing in it is anybody's secret but
 * prompt and answer.
 */
const capsuleSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  endpointName: z.string(),
  /** For people, e.g. "LMI v27 (0.36.0), vLLM async". */
  container: z.nullable(z.string()),
  region: z.nullable(z.string()),
  /** Epoch ms of the first request. */
  startedAt: z.nullable(z.number()),
  request: z.nullable(invokeRequestSchema),
  events: z.array(runEventSchema),
});

export type Capsule = z.infer<typeof capsuleSchema>;

/** Where `renderPage` keeps the capsule. */
const INSIDE_PAGE = /<script type="application\/json" id="capsule">(.*)<\/script>/;

/** Puts a run into a capsule. */
export function packCapsule(run: Omit<Capsule, "format" | "version">): Capsule {
  return { format: FORMAT, version: 1, ...run };
}

/**
 * Reads what was saved of a run: a capsule, the page made of one, the event lines of `POST /api/invoke`, or the lines of a container as
 * they came over the wire. Fails with `invalid` where it is none of them. Lines of a container have no times.
 */
export async function readCapsule(text: string): Promise<Result<Capsule>> {
  const inside = INSIDE_PAGE.exec(text)?.[1];
  const capsule = capsuleSchema.safeParse(parseJson(inside ?? text));
  if (capsule.success) return succeed(capsule.data);
  const events = readEventLines(text) ?? (await readWireLines(text));
  if (events === null) {
    return fail({
      code: "invalid",
      message: "This file holds no run.",
      hint: "Open a capsule, or a recorded .ndjson of /api/invoke or of an LMI container.",
    });
  }
  const start = events.find((event) => event.type === "run-start");
  return succeed(
    packCapsule({
      endpointName: start?.endpointName ?? "recorded answer",
      container: null,
      region: null,
      startedAt: start?.startedAt ?? null,
      request: null,
      events,
    }),
  );
}

function readEventLines(text: string): RunEvent[] | null {
  const decoder = createEventDecoder();
  const results = [...decoder.push(new TextEncoder().encode(text)), ...decoder.end()];
  const events = results.flatMap((result) => (result.ok ? [result.value] : []));
  return events.some(({ type }) => type === "run-start") ? events : null;
}

/** The same reading as of a live answer, from a source that has it all at once. */
async function readWireLines(text: string): Promise<RunEvent[] | null> {
  async function* bytes() {
    yield new TextEncoder().encode(text);
  }
  const run = invokeRun({
    runId: "recorded",
    request: { endpointName: "recorded answer", prompt: "", parameters: {} },
    dialect: "lmi",
    facts: UNKNOWN_FACTS,
    startedAt: 0,
    now: () => 0,
    signal: new AbortController().signal,
    describeError: () => ({ code: "unexpected", message: "The recording cannot be read." }),
    invoke: async () => succeed({ bytes: bytes(), contentType: null }),
  });
  const events: RunEvent[] = [];
  for await (const event of run) if (event.type !== "run-start") events.push(event);
  return events.some(({ type }) => type === "token") ? events : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
