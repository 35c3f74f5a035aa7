import type { JsonObject } from "../../json.ts";
import type { PromptEvent } from "../open-generation.ts";
import type { Reply, Surroundings } from "../reply.ts";
import type { ChatAsked } from "./chat-fields.ts";
import { chooseChatFormatter } from "./choose-formatter.ts";
import { inputError } from "./failures.ts";
import { readChat } from "./read-chat.ts";
import { sendSteps } from "./send-steps.ts";
import type { Rolling } from "./steps.ts";
import { writeChatJson, writeChatPieces } from "./write-chat-json.ts";
import { writeChatLines } from "./write-chat-lines.ts";

/** Answers chat as rolling batch does: LMI's finish reasons, its own framing, no model name. */
export async function answerRollingChat(
  container: Rolling,
  body: JsonObject,
  signal: AbortSignal,
  surroundings: Surroundings,
): Promise<Reply> {
  const request = readChat(container, body, surroundings.newSeed());
  if (request.kind === "invalid") return inputError(container, request.message);
  const formatter = chooseChatFormatter(container, body);
  const sending = { container, formatter, request, surroundings, signal };
  const id = surroundings.newId();
  const created = surroundings.seconds();
  const { shows, shape } = request;
  function asked(prompt: PromptEvent): ChatAsked {
    return { container, prompt, id, created, shows, shape };
  }
  if (formatter === "jsonlines_chat" || formatter === "sse_chat") {
    return sendSteps(sending, {
      kind: "stream",
      write: (steps, prompt) => writeChatLines(formatter, steps, asked(prompt)),
    });
  }
  return container.minor <= 28
    ? sendSteps(sending, { kind: "stream", write: (steps, prompt) => writeChatPieces(steps, asked(prompt)) })
    : sendSteps(sending, { kind: "whole", write: (steps, prompt) => writeChatJson(steps, asked(prompt)) });
}
