import type { Question } from "./experiment-spec.ts";

/** The words that are asked: the prompt, or the last thing a chat's user says. */
export function questionOf({ prompt, messages = [] }: Pick<Question, "prompt" | "messages">): string {
  return prompt ?? messages.findLast(({ role }) => role === "user")?.content ?? "";
}
