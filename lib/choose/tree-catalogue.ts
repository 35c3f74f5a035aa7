import * as z from "zod/mini";
import tree from "./decision-tree.json" with { type: "json" };
import type { EraId } from "./era-id.ts";

const optionSchema = z.object({
  value: z.string(),
  label: z.optional(z.string()),
  next: z.string(),
  in_original_figure: z.optional(z.boolean()),
});

const nodeSchema = z.object({
  id: z.string(),
  question: z.string(),
  options: z.array(optionSchema),
  sources: z.array(z.string()),
  in_original_figure: z.optional(z.boolean()),
});

const leafSchema = z.object({
  id: z.string(),
  backend: z.string(),
  container: z.enum(["djl-lmi", "djl-tensorrtllm", "djl-deepspeed", "djl-neuronx"]),
  engine: z.string(),
  rolling_batch: z.string(),
  entryPoint: z.nullable(z.string()),
  image_example_us_east_1: z.nullable(z.string()),
  versions: z.string(),
  in_original_figure: z.boolean(),
  starter_properties: z.nullable(z.record(z.string(), z.string())),
  reasons: z.array(z.string()),
  caveats: z.array(z.string()),
  sources: z.array(z.string()),
});

const eraSchema = z.object({
  id: z.string(),
  title: z.string(),
  applies_to_versions: z.array(z.string()),
  primary_figure: z.nullable(z.string()),
  start: z.string(),
  nodes: z._default(z.array(nodeSchema), []),
  leaves: z._default(z.array(leafSchema), []),
  criteria: z._default(z.array(z.object({ factor: z.string(), rule: z.string(), source: z.string() })), []),
});

export type TreeNode = z.output<typeof nodeSchema>;
export type TreeLeaf = z.output<typeof leafSchema>;
export type Era = z.output<typeof eraSchema>;

const parsed = z
  .object({
    default_eras: z.object({ historic: z.string(), current: z.string() }),
    eras: z.array(eraSchema),
    auto_resolution: z.array(
      z.object({ version: z.string(), container: z.string(), rule: z.string(), source: z.string() }),
    ),
    migration_notes: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        change: z.string(),
        actions: z.array(z.string()),
        source: z.string(),
      }),
    ),
    status: z.record(z.string(), z.string()),
  })
  .parse(tree);

/**
 * The first figure, of March 2024, is recorded as what differs from April's: T5 went to LMI-Dist and open-ended
 * generation to vLLM.
 */
const MARCH: Readonly<Record<string, string>> = {
  "model_support/t5": "leaf.lmi_dist",
  "task/open_ended": "leaf.vllm",
};

/** An era's tree, complete. This module brings 30 kB of JSON. */
export function eraOf(id: EraId): Era {
  const era = parsed.eras.find((candidate) => candidate.id === id);
  const april = parsed.eras.find((candidate) => candidate.id === parsed.default_eras.historic);
  if (!era || !april) throw new Error(`The catalogue has no era ${id}.`);
  if (era.nodes.length > 0) return era;
  const figure = era.primary_figure ?? "";
  const nodes = april.nodes.map((node) => {
    const options = node.options.map((option) => ({
      ...option,
      next: MARCH[`${node.id}/${option.value}`] ?? option.next,
    }));
    const differs = options.some((option, position) => option.next !== node.options[position]?.next);
    return { ...node, options, sources: differs ? [figure] : node.sources };
  });
  return { ...era, nodes, leaves: april.leaves, criteria: april.criteria };
}

export const HISTORIC_ERA: EraId = "lmi-0.26-0.27-april-2024";
export const CURRENT_ERA: EraId = "lmi-v15-v28-current";

export const AUTO_RESOLUTIONS = parsed.auto_resolution;
export const MIGRATION_NOTES = parsed.migration_notes;
/** What became of each back end up to 2026-08, in a sentence. */
export const BACKEND_STATUS: Readonly<Record<string, string>> = parsed.status;
