import { dumpPython, escapeText, fields } from "../python-json.ts";
import type { Steps } from "./answer-parts.ts";
import { type ChatAsked, chatHead, chatLogProb } from "./chat-fields.ts";
import { failureText } from "./failures.ts";
import type { Step } from "./steps.ts";

/** A whole chat answer in one write, as from 0.29 on. */
export function writeChatJson(steps: readonly Step[], asked: ChatAsked): string {
  const text = escapeText(steps.map(({ token }) => token.text).join(""));
  return opening(asked) + text + closing(steps, asked);
}

/** The same bytes in pieces, one for each token, as up to 0.28. */
export async function* writeChatPieces(steps: Steps, asked: ChatAsked): AsyncGenerator<string> {
  const seen: Step[] = [];
  for await (const step of steps) {
    if (step.kind === "failed") {
      yield failureText(asked.container, step.message);
      return;
    }
    seen.push(step);
    const first = seen.length === 1 ? opening(asked) : "";
    yield first + escapeText(step.token.text) + (step.finish === null ? "" : closing(seen, asked));
  }
}

function opening(asked: ChatAsked): string {
  const head = dumpPython(fields(chatHead(asked, "chat.completion"))).slice(0, -1);
  return `${head}, "choices": [{"index": 0, "message": {"role": "assistant", "content": "`;
}

function closing(steps: readonly Step[], asked: ChatAsked): string {
  const logProbs = asked.shows
    ? fields({ content: steps.map(({ token }) => chatLogProb(token, false)) })
    : null;
  // A remote engine may not count the prompt; LMI's writer then counts none.
  const promptTokens = asked.prompt.count ?? 0;
  const usage = fields({
    prompt_tokens: promptTokens,
    completion_tokens: steps.length,
    total_tokens: promptTokens + steps.length,
  });
  const finish = steps.at(-1)?.finish ?? null;
  return `"}, "logprobs": ${dumpPython(logProbs)}, "finish_reason": ${dumpPython(finish)}}], "usage": ${dumpPython(usage)}}`;
}
