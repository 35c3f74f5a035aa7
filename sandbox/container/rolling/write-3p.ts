import type { PromptEvent } from "../open-generation.ts";
import { dumpPython, fields } from "../python-json.ts";
import type { Steps } from "./answer-parts.ts";
import { failureText } from "./failures.ts";
import type { Rolling, Step } from "./steps.ts";

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

/** Its stream: a line for each token, the prompt's count on the first alone and the reason on the last (lmi-wire 4.6). */
export async function* write3pLines(
  container: Rolling,
  steps: Steps,
  prompt: PromptEvent,
): AsyncGenerator<string> {
  let count = 0;
  for await (const step of steps) {
    if (step.kind === "failed") {
      yield failureText(container, step.message);
      return;
    }
    count += 1;
    const first = count === 1;
    const line = dumpPython(
      fields({
        body: fields({
          generation: step.token.text,
          prompt_token_count: first ? prompt.count : null,
          generation_token_count: count,
          stop_reason: step.finish,
        }),
        metering: fields({ outputTokenCount: count, inputTokenCount: first ? prompt.count : undefined }),
        content_type: "application/jsonlines",
      }),
    );
    yield `${line}\n`;
  }
}
