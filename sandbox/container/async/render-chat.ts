import { isJsonObject, type JsonValue, objectsAt, stringAt } from "../../json.ts";

export type RenderedChat = { kind: "ready"; prompt: string } | { kind: "invalid"; message: string };

const SPEAKERS: Record<string, string> = {
  user: "User: ",
  assistant: "Assistant: ",
  system: "",
  developer: "",
};

/** Turns messages into the plain `User:` / `Assistant:` form the demo model knows; refuses anything else. */
export function renderChat(messages: JsonValue | undefined): RenderedChat {
  if (!Array.isArray(messages) || messages.length === 0) {
    return invalid("messages\n  Input should be a valid list");
  }
  const turns: string[] = [];
  for (const message of messages) {
    const speaker = isJsonObject(message) ? SPEAKERS[stringAt(message, "role") ?? ""] : undefined;
    const content = isJsonObject(message) ? textOf(message.content) : undefined;
    if (speaker === undefined || content === undefined) {
      return invalid("messages\n  Input should be a valid message with role and content");
    }
    turns.push(`${speaker}${content.trim()}\n`);
  }
  return { kind: "ready", prompt: `${turns.join("")}Assistant:` };
}

function textOf(content: JsonValue | undefined): string | undefined {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  const parts = objectsAt({ content }, "content").map((part) => stringAt(part, "text"));
  return parts.some((part) => part === undefined) ? undefined : parts.join("");
}

function invalid(message: string): RenderedChat {
  return { kind: "invalid", message: `1 validation error for ChatCompletionRequest\n${message}` };
}
