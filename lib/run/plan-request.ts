import { fail, type Result, succeed } from "#lib/failure.ts";
import { chooseDialect } from "#lib/wire/choose-dialect.ts";
import type { RequestDialect } from "#lib/wire/dialects.ts";
import { readsVllmChat } from "#lib/wire/request-reader.ts";
import type { WireFacts } from "#lib/wire/wire-facts.ts";
import type { InvokeRequest } from "./invoke-request.ts";
import { toPlainRequest } from "./plain-template.ts";

/** What is sent, and how it is written. */
export type RequestPlan = { request: InvokeRequest; dialect: RequestDialect };

/**
 * Decides how a container is asked. A chat goes out as `messages` where the container takes them, and else, or
 * where that is wished, as text in the plain template. Fails with `invalid` for an answer that is to be taken up
 * in a chat whose container would open a new turn instead.
 */
export function planRequest(request: InvokeRequest, facts: WireFacts): Result<RequestPlan> {
  const alternatives = request.parameters.alternatives ?? 0;
  const { dialect: override } = request;
  function asText(sent: InvokeRequest, wish = override): Result<RequestPlan> {
    const choice = chooseDialect({ facts, hasMessages: false, alternatives, override: wish });
    return choice.ok ? succeed({ request: sent, dialect: choice.value.dialect }) : choice;
  }
  if (request.messages === undefined) return asText(request);
  const chat = chooseDialect({ facts, hasMessages: true, alternatives, override });
  if (request.plainText === true || !chat.ok) {
    // Text has no way into a chat, whatever was chosen for messages.
    return asText(toPlainRequest(request), override === "chat" ? undefined : override);
  }
  if (request.answerSoFar !== undefined && !readsVllmChat(facts)) {
    return fail({
      code: "invalid",
      message: "This container cannot take up a chat answer where it was cut: it would open a new turn.",
      hint: "Send the chat as plain text, which every container goes on with.",
      field: "messages",
    });
  }
  return succeed({ request, dialect: chat.value.dialect });
}
