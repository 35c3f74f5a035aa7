import type { Failure } from "#lib/failure.ts";
import { type ExperimentSpec, experimentSpecSchema, type Question } from "./experiment-spec.ts";

/** What a new experiment varies, as typed. */
export type ExperimentDraft = {
  kind: "samples" | "sweep";
  samples: string;
  /** Samples at each temperature. */
  each: string;
  /** Numbers with commas or spaces between them. */
  temperatures: string;
  concurrency: string;
};

/** What is said of each field that is wrong. */
const COMPLAINTS: Record<string, string> = {
  samples: "Samples must be a whole number from 2 to 64.",
  each: "Samples at each temperature must be a whole number from 1 to 16.",
  temperatures: "Give 2 to 16 different temperatures from 0 to 2, with commas between them.",
  concurrency: "Requests at once must be a whole number from 1 to 32.",
};

/** Turns the form and its question into a spec, or says everything that is wrong with it at once. */
export function buildExperiment(
  draft: ExperimentDraft,
  request: Question,
): { ok: true; value: ExperimentSpec } | { ok: false; failures: Failure[] } {
  const parsed = experimentSpecSchema.safeParse(
    draft.kind === "samples"
      ? { kind: "samples", request, samples: read(draft.samples), concurrency: read(draft.concurrency) }
      : {
          kind: "sweep",
          request,
          temperatures: readTemperatures(draft.temperatures),
          samples: read(draft.each),
          concurrency: read(draft.concurrency),
        },
  );
  if (parsed.success) return { ok: true, value: parsed.data };
  const fields = new Set(parsed.error.issues.map(({ path: [field] }) => fieldOf(draft.kind, String(field))));
  return {
    ok: false,
    failures: [...fields].map((field) => ({
      code: "invalid",
      message: COMPLAINTS[field] ?? "The question cannot be sent as it is.",
      field,
    })),
  };
}

/** The temperatures of a text, in their order; what is no number is NaN and refused later. */
export function readTemperatures(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== "")
    .map(Number);
}

function fieldOf(kind: ExperimentDraft["kind"], field: string): string {
  return kind === "sweep" && field === "samples" ? "each" : field;
}

/** An empty field is no 0. */
function read(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
