import * as z from "zod/mini";
import { BACKEND_IDS, type BackendId } from "#lib/lmi/backend-id.ts";
import { compareVersions, isVersionIn } from "#lib/lmi/versions.ts";
import catalogue from "./backends.json" with { type: "json" };

const wordsSchema = z.union([z.string(), z.array(z.string())]);

const architecturesSchema = z.object({
  list: wordsSchema,
  basis: z.optional(z.string()),
  source: z.optional(z.string()),
  note: z.optional(z.string()),
});

const backendSchema = z.object({
  id: z.enum(BACKEND_IDS),
  title: z.string(),
  containers: z.array(z.object({ framework: z.string(), versions: z.string() })),
  exists: z.looseObject({ from: z.string(), to: z.nullable(z.string()) }),
  engine: z.record(z.string(), z.string()),
  rolling_batch: z.array(z.string()),
  architectures: z.record(z.string(), architecturesSchema),
  jit_architectures: z._default(
    z.array(z.object({ arch: z.string(), since: z.string(), note: z.optional(z.string()) })),
    [],
  ),
  quantization: z._default(z.array(z.record(z.string(), z.json())), []),
  lora: z.looseObject({
    supported: z.union([z.boolean(), z.string()]),
    from: z.optional(z.string()),
  }),
  speculative_decoding: z.looseObject({
    supported: z.union([z.boolean(), z.string()]),
    from: z.optional(z.string()),
  }),
  tensor_parallel: z.nullish(z.object({ constraints: z.array(z.string()), source: z.optional(z.string()) })),
  cuda_graph: z.nullish(z.record(z.string(), z.json())),
  rope_scaling: z.nullish(z.record(z.string(), z.json())),
  gqa_sharding: z.nullish(z.record(z.string(), z.json())),
  ahead_of_time: z.nullish(z.record(z.string(), z.json())),
  compile_needed: z.optional(z.boolean()),
  logprobs: z.optional(z.union([z.boolean(), z.string()])),
  instances_in_docs: z.optional(z.string()),
  max_num_tokens_table: z.optional(z.record(z.string(), z.json())),
});

/** A back end with what each version of it can do, as the catalogue has it. */
export type BackendRow = z.output<typeof backendSchema>;

const tuningSchema = z.object({
  conditions: z.record(z.string(), z.string()),
  tables: z.record(z.string(), z.array(z.array(z.union([z.string(), z.number()])))),
  source: z.string(),
});

const parsed = z
  .object({ backends: z.array(backendSchema), tuning_tables_0_26: tuningSchema })
  .parse(catalogue);

/** Every back end of LMI, with its limits: this module brings 27 kB of JSON. */
const BACKEND_ROWS: readonly BackendRow[] = parsed.backends;

export function findBackend(id: BackendId): BackendRow | null {
  return BACKEND_ROWS.find((row) => row.id === id) ?? null;
}

/** The frameworks (of `lib/lmi/image-uri.ts`) that carry a back end in a version; empty where none does. */
export function frameworksOf(id: BackendId, version: string): string[] {
  const row = findBackend(id);
  return row
    ? row.containers
        .filter(({ versions }) => isVersionIn(version, versions))
        .map(({ framework }) => framework)
    : [];
}

/** The row of a record keyed by versions ("0.26.0", "0.30.0-0.32.0", "0.30.0+", "latest") that a version reads. */
export function atVersion<Value>(
  record: Readonly<Record<string, Value>>,
  version: string,
): { key: string; value: Value } | null {
  const named = Object.entries(record).filter(([key]) => /^\d|^all$/.test(key));
  const exact = named.find(([key]) => isVersionIn(version, key));
  if (exact) return { key: exact[0], value: exact[1] };
  // A version newer than all that are named: the catalogue calls that state "latest".
  const latest = record.latest;
  const isNewer = named.every(([key]) => compareVersions(version, key.split("-")[0] ?? key) > 0);
  return latest !== undefined && isNewer ? { key: "latest", value: latest } : null;
}

/** The batch sizes that AWS's tuning guides of 0.26 measured: model, instance, degree, batch. */
export type TuningRow = {
  backend: string;
  model: string;
  sizeGb: number;
  instance: string;
  degree: number;
  batch: number;
  conditions: string;
};

export const TUNING_ROWS: readonly TuningRow[] = Object.entries(parsed.tuning_tables_0_26.tables).flatMap(
  ([backend, rows]) =>
    rows.map(([model, sizeGb, instance, degree, batch]) => ({
      backend,
      model: String(model),
      sizeGb: Number(sizeGb),
      instance: `ml.${instance}`,
      degree: Number(degree),
      batch: Number(batch),
      conditions:
        Object.entries(parsed.tuning_tables_0_26.conditions).find(([names]) =>
          names.includes(backend),
        )?.[1] ?? "",
    })),
);

/** The largest `max_num_tokens` AWS measured; null where even the start ran out of memory. */
export type MaxTokensRow = {
  version: string;
  model: string;
  instance: string;
  degree: number;
  maxTokens: number | null;
};

const maxTokensSchema = z.array(z.tuple([z.string(), z.string(), z.number(), z.nullable(z.number())]));

/** trtllm_finding_max_num_tokens_tutorial.md of 0.27.0 and 0.28.0. */
export const MAX_TOKENS_ROWS: readonly MaxTokensRow[] = Object.entries(
  findBackend("tensorrt-llm")?.max_num_tokens_table ?? {},
)
  .filter(([version]) => /^\d/.test(version))
  .flatMap(([version, rows]) =>
    maxTokensSchema.parse(rows).map(([model, machine, degree, maxTokens]) => ({
      version,
      model,
      instance: `ml.${machine.replace(/xl$/, "xlarge")}`,
      degree,
      maxTokens,
    })),
  );
