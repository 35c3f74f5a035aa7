import { dumpPython, fields } from "../python-json.ts";
import { type Asked, type Steps, shownDetails } from "./answer-parts.ts";
import { failureText } from "./failures.ts";
import type { Step } from "./steps.ts";
import { tokenFields } from "./token-fields.ts";

/** The jsonlines and sse formatters: a record for each token, the text and details on the last. */
export async function* writeLines(
  framing: "jsonlines" | "sse",
  steps: Steps,
  asked: Asked,
): AsyncGenerator<string> {
  const seen: Step[] = [];
  let generated = asked.fullText ? asked.inputs : "";
  for await (const step of steps) {
    if (step.kind === "failed") {
      // Bare in an event stream too, without `data:`.
      yield failureText(asked.container, step.message);
      return;
    }
    seen.push(step);
    generated += step.token.text;
    const last = step.finish !== null;
    const line = dumpPython(
      fields({
        token: tokenFields(asked.names, step.token),
        generated_text: last ? generated : undefined,
        details: last ? shownDetails(asked, seen, false) : undefined,
      }),
    );
    yield framing === "sse" ? `data: ${line}\n\n` : `${line}\n`;
  }
}
