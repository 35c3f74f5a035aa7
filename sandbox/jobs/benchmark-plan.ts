import { z } from "zod";
import { validationException } from "../aws-error.ts";
import { isJsonObject, type JsonObject, parseJson } from "../json.ts";

const whole = z.number().int().min(1).max(1_000_000);
const spread = z.number().min(0).max(1_000_000).default(0);

// AIPerf's own defaults; unknown parameters are kept and do nothing.
const parametersSchema = z.looseObject({
  concurrency: whole.default(1),
  request_count: whole.default(10),
  prompt_input_tokens_mean: whole.default(550),
  prompt_input_tokens_stddev: spread,
  output_tokens_mean: whole.default(128),
  output_tokens_stddev: spread,
  streaming: z.boolean().default(false),
  random_seed: z.number().int().optional(),
  extra_inputs: z.string().default(""),
});
const specSchema = z.looseObject({
  benchmark: z.looseObject({ type: z.literal("aiperf") }),
  parameters: parametersSchema.prefault({}),
});

/** What a benchmark sends; lengths in tokens. */
export type BenchmarkPlan = z.infer<typeof parametersSchema> & {
  /** Members that `extra_inputs` adds to every request. */
  readonly extra: JsonObject;
};

/** The plan in a workload's input. Throws `ValidationException` for one that is no JSON or breaks its rules. */
export function readPlan(workload: JsonObject): BenchmarkPlan {
  const { AIWorkloadConfigs: configs } = workload;
  const spec = isJsonObject(configs) ? configs.WorkloadSpec : undefined;
  const inline = isJsonObject(spec) ? spec.Inline : undefined;
  // A workload without a specification is one that says nothing.
  const value = typeof inline === "string" ? parseJson(inline) : { benchmark: { type: "aiperf" } };
  const parsed = specSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw validationException(
      `WorkloadSpec is not valid: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "it is not JSON"}`,
    );
  }
  const { parameters } = parsed.data;
  return { ...parameters, extra: readExtra(parameters.extra_inputs) };
}

// `name:value` pairs, with spaces or commas between them.
function readExtra(text: string): JsonObject {
  const pairs = text.split(/[\s,]+/).filter((pair) => pair.includes(":"));
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", value = ""] = pair.split(/:(.*)/s);
      return [name, parseJson(value) ?? value];
    }),
  );
}
