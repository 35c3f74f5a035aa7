import { dumpPython, fields } from "../python-json.ts";
import { type Asked, detailsOf, listsOf } from "./answer-parts.ts";
import type { Step } from "./steps.ts";

/** The json formatter of 0.29 on: one document, an array of it for `tgi_compat`. */
export function writeJson(steps: readonly Step[], asked: Asked): string {
  const details = asked.details ? fields(detailsOf(asked, steps, true)) : undefined;
  const answer = fields({ generated_text: textOf(steps, asked), details });
  return dumpPython(asked.array ? [answer] : answer);
}

/** The json formatter for several sequences: details unasked, the other sequences inside (lmi-wire 4.2). */
export function writeSequences(sequences: readonly (readonly Step[])[], asked: Asked): string {
  const [first = [], ...others] = sequences;
  const details = fields({
    inputs: asked.inputs,
    finish_reason: finishOf(first),
    generated_tokens: first.length,
    ...listsOf(asked, first, true),
    best_of_sequences: others.map((steps) =>
      fields({
        finish_reason: finishOf(steps),
        generated_tokens: steps.length,
        ...listsOf(asked, steps, true),
        generated_text: textOf(steps, asked),
      }),
    ),
  });
  const answer = fields({ generated_text: textOf(first, asked), details });
  return dumpPython(asked.array ? [answer] : answer);
}

function textOf(steps: readonly Step[], asked: Asked): string {
  return (asked.fullText ? asked.inputs : "") + steps.map(({ token }) => token.text).join("");
}

function finishOf(steps: readonly Step[]): string {
  return steps.at(-1)?.finish ?? "eos_token";
}
