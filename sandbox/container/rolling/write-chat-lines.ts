import { dumpPython, fields } from "../python-json.ts";
import type { Steps } from "./answer-parts.ts";
import { createDeltaReader } from "./chat-deltas.ts";
import { type ChatAsked, chatHead, chatLogProb } from "./chat-fields.ts";
import { failureText } from "./failures.ts";

/** The streaming chat formatters: a chunk for each token, as a line or as an event (lmi-wire 4.5). */
export async function* writeChatLines(
  framing: "jsonlines_chat" | "sse_chat",
  steps: Steps,
  asked: ChatAsked,
): AsyncGenerator<string> {
  const readDelta = createDeltaReader(asked.shape);
  let first = true;
  for await (const step of steps) {
    if (step.kind === "failed") {
      yield failureText(asked.container, step.message);
      return;
    }
    const delta = readDelta(step.token.text);
    // The role and the end are lost with a token that is swallowed.
    const role = first ? "assistant" : undefined;
    first = false;
    if (delta === undefined) continue;
    const choice = fields({
      index: 0,
      delta: fields({ ...delta, role }),
      // A list here, an object in a whole answer.
      logprobs: asked.shows ? [fields({ content: [chatLogProb(step.token, true)] })] : null,
      finish_reason: step.finish,
    });
    const line = dumpPython(fields({ ...chatHead(asked, "chat.completion.chunk"), choices: [choice] }));
    const end = step.finish === null ? "" : "data: [DONE]\n\n";
    yield framing === "sse_chat" ? `data: ${line}\n\n${end}` : `${line}\n`;
  }
}
