import type { PromptEvent } from "../open-generation.ts";
import { fields, type Written } from "../python-json.ts";
import type { RollingToken } from "../rolling-bytes.ts";
import { prefillOf } from "./prefill.ts";
import type { FailedStep, Rolling, Step } from "./steps.ts";
import { type TokenNames, tokenFields } from "./token-fields.ts";

/** What an LMI-schema answer is to show. */
export type Asked = {
  readonly container: Rolling;
  readonly inputs: string;
  readonly prompt: PromptEvent;
  readonly names: TokenNames;
  readonly details: boolean;
  readonly fullText: boolean;
  readonly prefill: boolean;
  readonly top: boolean;
  /** Whether a json answer is an array of one, as `tgi_compat` makes it. */
  readonly array: boolean;
};

export type Steps = AsyncIterable<Step | FailedStep>;

/** `finish_reason`, `generated_tokens`, `inputs`; then tokens, prefill and top_tokens where they are shown. */
export function detailsOf(
  asked: Asked,
  steps: readonly Step[],
  withTokens: boolean,
): Record<string, Written | undefined> {
  return {
    finish_reason: steps.at(-1)?.finish ?? "eos_token",
    generated_tokens: steps.length,
    inputs: asked.inputs,
    ...listsOf(asked, steps, withTokens),
  };
}

/** The lists of tokens at the end of `details`, each where asked for. */
export function listsOf(
  asked: Asked,
  steps: readonly Step[],
  withTokens: boolean,
): Record<string, Written | undefined> {
  const write = (token: RollingToken) => tokenFields(asked.names, token);
  return {
    tokens: withTokens ? steps.map(({ token }) => write(token)) : undefined,
    prefill: asked.prefill ? prefillOf(asked.container.minor, asked.prompt).map(write) : undefined,
    top_tokens: asked.top ? steps.map(({ top }) => top.map(write)) : undefined,
  };
}

/** The `details` of a last line or document; 0.28 says that it failed also where nobody asked. */
export function shownDetails(asked: Asked, steps: readonly Step[], withTokens: boolean): Written | undefined {
  if (asked.details) return fields(detailsOf(asked, steps, withTokens));
  return steps.at(-1)?.finish === "error" ? fields({ finish_reason: "error" }) : undefined;
}
