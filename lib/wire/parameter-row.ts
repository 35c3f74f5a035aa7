import type { RequestReader } from "#lib/wire/request-reader.ts";

/** What a parameter's value is. Lists are of texts or of whole numbers. */
type ParameterKind = "integer" | "number" | "boolean" | "texts" | "integers";

/** What a parameter is called by some readers, in which releases (DJL's minor version), and what holds without it. */
export type WireName = {
  readers: readonly RequestReader[];
  as: string;
  since?: number;
  /** The last release that knows it. */
  until?: number;
  /** Known only where the answer comes whole. */
  wholeOnly?: true;
  /** What the container does when it is not sent. */
  unset: string;
};

/**
 * One parameter of generation. The form, the checks of both sides and the request are made from these rows.
 * Bounds are inclusive unless `aboveMin`; of lists they are the bounds of each entry (`texts`: of its length).
 */
export type ParameterRow = {
  name: string;
  label: string;
  kind: ParameterKind;
  min: number;
  aboveMin?: true;
  max: number;
  step: number;
  /** Stands up front in the form; the others are folded. */
  isCommon?: true;
  effect: string;
  /** The first that fits is taken; a reader that is in none does not know the parameter. */
  wire: readonly WireName[];
  /** Why a reader does not take it, where that needs more words than that it does not know it. */
  why?: Partial<Record<RequestReader, string>>;
};

export const ROLLING_VLLM = ["rolling-vllm", "rolling-lmi-dist"] as const satisfies readonly RequestReader[];

export const ROLLING = [
  "vllm-0.26",
  ...ROLLING_VLLM,
  "rolling-trtllm",
  "rolling-other",
] as const satisfies readonly RequestReader[];

export const ASYNC = ["async-vllm", "async-trtllm"] as const satisfies readonly RequestReader[];

/** OpenAI's names with vLLM's own additions. */
export const VLLM_OPENAI = ["completions", "vllm-chat"] as const satisfies readonly RequestReader[];
