import type { InvokeRequest } from "#lib/run/invoke-request.ts";

export type Message = NonNullable<InvokeRequest["messages"]>[number];

/** A chat's first message: the system prompt, if any, and what is asked. */
export function firstMessages(system: string, content: string): Message[] {
  return [...systemMessage(system), { role: "user", content }];
}

/** The messages that ask on after an answer. The system prompt of now takes the place of the one of then. */
export function replyMessages(
  asked: readonly Message[],
  answer: string,
  system: string,
  content: string,
): Message[] {
  // A message must say something: after an empty answer both questions stand behind each other.
  const answered: Message[] = answer === "" ? [] : [{ role: "assistant", content: answer }];
  return [...systemMessage(system), ...withoutSystem(asked), ...answered, { role: "user", content }];
}

/** The same messages with other words in the place of the last question. */
export function editedMessages(asked: readonly Message[], content: string): Message[] {
  const at = asked.findLastIndex(({ role }) => role === "user");
  return at === -1
    ? [...asked, { role: "user", content }]
    : [...asked.slice(0, at), { role: "user", content }];
}

/** The system prompt of a chat; empty where it has none. */
export function systemOf(messages: readonly Message[]): string {
  return messages.find(({ role }) => role === "system")?.content ?? "";
}

function systemMessage(system: string): Message[] {
  return system.trim() === "" ? [] : [{ role: "system", content: system }];
}

function withoutSystem(messages: readonly Message[]): Message[] {
  return messages.filter(({ role }) => role !== "system");
}
