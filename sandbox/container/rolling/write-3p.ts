import type { PromptEvent } from "../open-generation.ts";
import { dumpPython, fields } from "../python-json.ts";
import type { Step } from "./steps.ts";

/** The formatter of `bedrock_compat`: the prompt in front of the text, counts twice (lmi-wire 4.6). */
export function write3p(steps: readonly Step[], inputs: string, prompt: PromptEvent): string {
  return dumpPython(
    fields({
      body: fields({
        generation: inputs + steps.map(({ token }) => token.text).join(""),
        prompt_token_count: prompt.count,
        generation_token_count: steps.length,
        stop_reason: steps.at(-1)?.finish ?? null,
      }),
      metering: fields({ inputTokenCount: prompt.count, outputTokenCount: steps.length }),
      content_type: "application/json",
    }),
  );
}
