import { dumpPython, escapeText } from "../python-json.ts";
import { type Asked, type Steps, shownDetails } from "./answer-parts.ts";
import { failureText } from "./failures.ts";
import type { Step } from "./steps.ts";

/** The json formatter of 0.27 and 0.28: one document in pieces, the prompt unescaped in it (lmi-wire 4.2). */
export async function* writePieces(steps: Steps, asked: Asked): AsyncGenerator<string> {
  const seen: Step[] = [];
  for await (const step of steps) {
    if (step.kind === "failed") {
      // Lands inside the string that is open.
      yield failureText(asked.container, step.message);
      return;
    }
    const opening = `${asked.array ? "[" : ""}{"generated_text": "${asked.fullText ? asked.inputs : ""}`;
    const text = escapeText(step.token.text);
    seen.push(step);
    const first = seen.length === 1 ? opening : "";
    if (step.finish === null) {
      yield first + text;
      continue;
    }
    const details = shownDetails(asked, seen, true);
    const end = details === undefined ? '"}' : `", "details": ${dumpPython(details)}}`;
    // 0.27 writes the text of a generation of one token twice.
    const twice = seen.length === 1 && asked.container.minor === 27 ? text : "";
    yield first + twice + text + end + (asked.array ? "]" : "");
  }
}
