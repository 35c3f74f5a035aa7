import { fields, type Written } from "../python-json.ts";

/** What a chat answer is made of: text, text after reasoning, or the arguments of a named tool. */
export type ChatShape =
  | { readonly kind: "text" }
  | { readonly kind: "reasoning" }
  | { readonly kind: "tool"; readonly name: string };

type Delta = Record<string, Written>;

/** Reads one answer's tokens into deltas; undefined for a token that a parser swallows (lmi-wire 4.5). */
export function createDeltaReader(shape: ChatShape): (text: string) => Delta | undefined {
  if (shape.kind === "tool") {
    // The name is repeated in every chunk, and no chunk has a tool call's id.
    return (text) => ({
      tool_calls: [fields({ index: 0, function: fields({ name: shape.name, arguments: text }) })],
    });
  }
  let reasoning = false;
  return (text) => {
    if (shape.kind === "reasoning" && (text === "<think>" || text === "</think>")) {
      reasoning = text === "<think>";
      return undefined;
    }
    return reasoning ? { reasoning_content: text } : { content: text };
  };
}
