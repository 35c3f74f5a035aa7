import type { InvokeRequest } from "./invoke-request.ts";

type Message = NonNullable<InvokeRequest["messages"]>[number];

const NAMES: Record<Message["role"], string> = { system: "System", user: "User", assistant: "Assistant" };

/** What ends an answer that would go on with the other side's words. */
export const PLAIN_STOP = "\nUser:";

/** The template in words, for people. */
export const PLAIN_TEMPLATE = "System: …\n\nUser: …\n\nAssistant: …\n\nUser: …\n\nAssistant:";

/**
 * Chat messages as one text that ends where the assistant speaks next, for containers without chat. It is a plain
 * convention and no model's own chat template, which only the container could apply.
 */
function renderPlain(messages: readonly Message[]): string {
  const turns = messages.map(({ role, content }) => `${NAMES[role]}: ${content.trim()}`);
  return `${[...turns, `${NAMES.assistant}:`].join("\n\n")}`;
}

/** A chat as a request for a container that takes no messages. */
export function toPlainRequest(request: InvokeRequest): InvokeRequest {
  const { messages = [], ...rest } = request;
  const stops = request.parameters.stopSequences ?? [];
  return {
    ...rest,
    prompt: renderPlain(messages),
    parameters: {
      ...request.parameters,
      stopSequences: stops.includes(PLAIN_STOP) ? stops : [...stops, PLAIN_STOP],
    },
  };
}
