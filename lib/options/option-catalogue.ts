import * as z from "zod/mini";
import { compareVersions, isVersionIn } from "#lib/lmi/versions.ts";
import catalogue from "./config-options.json" with { type: "json" };

const scalarSchema = z.union([z.string(), z.number(), z.boolean()]);
const listOrWords = z.union([z.string(), z.array(z.string())]);

const optionSchema = z.object({
  name: z.string(),
  env: z.object({ name: z.string(), since: z.nullish(z.string()), note: z.optional(z.string()) }),
  type: z.string(),
  allowed: z._default(z.array(scalarSchema), []),
  range: z.optional(
    z.object({
      min: z.optional(scalarSchema),
      max: z.optional(scalarSchema),
      exclusive: z.optional(z.boolean()),
      applies: z.optional(z.string()),
    }),
  ),
  default: z.optional(z.union([scalarSchema, z.record(z.string(), z.json())])),
  scope: z.string(),
  backends: z._default(z.array(z.string()), []),
  versions: z.string(),
  status: z.string(),
  description: z.string(),
  validation: z._default(z.array(z.string()), []),
  conflicts: z._default(z.array(z.string()), []),
  per_backend: z.optional(z.record(z.string(), listOrWords)),
  example: z.optional(z.string()),
  note: z.optional(z.string()),
  source: z._default(z.array(z.string()), []),
});

/** An option of LMI containers as its documentation and code describe it. */
export type OptionRow = z.output<typeof optionSchema>;

const ruleSchema = z.object({
  id: z.string(),
  versions: z.string(),
  backend: z.string(),
  when: z.string(),
  severity: z.enum(["error", "warning"]),
  meaning: z.string(),
  source: z.string(),
});

/** What a handler refuses or overrides: `when` and `meaning` in words, the check is in `rules.ts`. */
export type RuleRow = z.output<typeof ruleSchema>;

const parsed = z
  .object({ options: z.array(optionSchema), validation_rules: z.array(ruleSchema) })
  .parse(catalogue);

/** Every option, in the catalogue's order. This module brings 170 kB of JSON: import it lazily in views. */
export const OPTION_ROWS: readonly OptionRow[] = parsed.options;
export const RULE_ROWS: readonly RuleRow[] = parsed.validation_rules;

const BY_NAME = new Map(OPTION_ROWS.map((row) => [row.name, row]));

/** The row of a key of `serving.properties`, e.g. `option.dtype` or `job_queue_size`. */
export function findOption(key: string): OptionRow | null {
  return BY_NAME.get(key) ?? null;
}

/** vLLM hands every field of its own configuration through from 0.32 (the catalogue's pass-through row). */
export function isPassThrough(key: string, version: string, backend: string): boolean {
  return (
    PASS_THROUGH !== undefined &&
    key.startsWith("option.") &&
    PASS_THROUGH.backends.includes(backend) &&
    isVersionIn(version, PASS_THROUGH.versions, backend)
  );
}

const PASS_THROUGH = OPTION_ROWS.find((row) => row.type === "pass-through");

/** "deprecated", "renamed q_format in 0.27.0", "removed in 0.35.0": true once that version is reached. */
export function isOver({ status }: OptionRow, version: string): boolean {
  if (status === "active") return false;
  const since = status.match(/\d+\.\d+\.\d+/)?.[0];
  return since === undefined || compareVersions(version, since) >= 0;
}

/** One statement about a default; `when` is empty where it holds everywhere. */
export type DefaultStatement = { when: string; value: string };

/**
 * What is known of an option's default in a version and back end. Several statements mean that documentation
 * and code disagree; an empty list, that nobody says.
 */
export function defaultsOf(option: OptionRow, version: string, backend: string): DefaultStatement[] {
  const given = option.default;
  if (given === undefined || given === null) return [];
  if (typeof given !== "object") return [{ when: "", value: String(given) }];
  const statements = Object.entries(given).map(([when, value]) => ({
    when,
    value: typeof value === "object" ? (value === null ? "none" : JSON.stringify(value)) : String(value),
  }));
  return statements.filter(({ when }) => appliesTo(when, version, backend));
}

/** A condition names versions, back ends, both or neither ("docs"); what it names must agree. */
function appliesTo(when: string, version: string, backend: string): boolean {
  const ranges = when.match(/-?\d+\.\d+\.\d+(?:\/\d+\.\d+\.\d+)?(?:\+|-(?:\d+\.\d+\.\d+)?)?/g);
  if (ranges && !ranges.some((range) => isVersionIn(version, range) || range.split("/").includes(version)))
    return false;
  const words = ["lmi-dist", "vllm", "tensorrt-llm", "deepspeed", "transformers-neuronx", "hf-accelerate"];
  const named = words.filter((word) => when.toLowerCase().includes(word));
  return named.length === 0 || named.includes(backend);
}

/** Whether a back end of a version has the option, and it is not removed or deprecated there. */
export function isHere(row: OptionRow, { version, backend }: { version: string; backend: string }): boolean {
  const isMeant = row.scope === "server" || row.backends.includes(backend);
  return isMeant && isVersionIn(version, row.versions, backend) && !isOver(row, version);
}
