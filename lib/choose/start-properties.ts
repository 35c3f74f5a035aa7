import type { BackendId } from "#lib/lmi/backend-id.ts";
import { compareVersions, isVersionIn } from "#lib/lmi/versions.ts";
import { CURRENT_ERA, eraOf, HISTORIC_ERA, type TreeLeaf } from "./tree-catalogue.ts";

/** Properties to begin with; `entryPoint` is what the server then runs, null where it finds it by itself. */
export type Start = { properties: Record<string, string>; entryPoint: string | null; sources: string[] };

/** Async vLLM asked for in so many words, as 0.33 and 0.34 need it (vllm_user_guide.md). */
const ASYNC = { engine: "Python", "option.async_mode": "true", "option.rolling_batch": "disable" };

/**
 * The starter configuration that LMI's guide prints for a back end, without the model. Null where the version
 * has no such back end or the guide prints none.
 */
export function startProperties(backend: BackendId, version: string, isAsync = false): Start | null {
  const era = eraOf(compareVersions(version, "0.28.0") < 0 ? HISTORIC_ERA : CURRENT_ERA);
  if (backend === "vllm" && isAsync) {
    const leaf = era.leaves.find(({ id }) => id === "leaf.vllm_async");
    return leaf && isVersionIn(version, leaf.versions)
      ? { properties: ASYNC, entryPoint: leaf.entryPoint, sources: leaf.sources }
      : null;
  }
  const leaf = era.leaves.find(
    (candidate) =>
      candidate.backend.split(" ")[0] === backend &&
      candidate.id !== "leaf.vllm_async" &&
      candidate.id !== "leaf.trtllm_t5" &&
      isVersionIn(version, candidate.versions),
  );
  return leaf?.starter_properties
    ? { properties: starterOf(leaf, version), entryPoint: leaf.entryPoint, sources: leaf.sources }
    : null;
}

/** Some starter values carry a remark on the version they begin with: "50000 (0.27+)". */
export function starterOf(leaf: TreeLeaf, version: string): Record<string, string> {
  const written = Object.entries(leaf.starter_properties ?? {});
  return Object.fromEntries(
    written.flatMap(([key, value]) => {
      const [, bare = value, from] = value.match(/^(\S+) \((\d+\.\d+)\+\)$/) ?? [];
      return from && !isVersionIn(version, `${from}.0-`) ? [] : [[key, bare]];
    }),
  );
}

/** What TensorRT-LLM 0.27 fills in when only `max_num_tokens` is set; null where no document says. */
export function tokenBudgetDefaults(
  version: string,
  maxTokens: number,
): { max_input_len: number; max_output_len: number; max_rolling_batch_size: number } | null {
  // trtllm_finding_max_num_tokens_tutorial.md prints them for this version, whatever the budget.
  return version === "0.27.0" && maxTokens > 0
    ? { max_input_len: 4_096, max_output_len: 4_096, max_rolling_batch_size: 256 }
    : null;
}
