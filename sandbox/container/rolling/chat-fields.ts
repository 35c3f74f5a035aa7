import type { PromptEvent } from "../open-generation.ts";
import { fields, float, type Written } from "../python-json.ts";
import type { RollingToken } from "../rolling-bytes.ts";
import type { ChatShape } from "./chat-deltas.ts";
import type { Rolling } from "./steps.ts";

export type ChatAsked = {
  readonly container: Rolling;
  readonly prompt: PromptEvent;
  readonly id: string;
  readonly created: number;
  readonly shows: boolean;
  readonly shape: ChatShape;
};

// The id of a chat answer, which says more about LMI than about the answer (lmi-wire 4.5).
function chatId(minor: number, newId: string): string {
  if (minor === 27) return "chatcmpl-0";
  if (minor === 28) return "chatcmpl-<built-in function id>";
  // A memory address; digits stand as they are, so that a script can name one.
  const address = /^\d{9,}$/.test(newId)
    ? newId
    : String(140_000_000_000_000 + Number.parseInt(newId.slice(0, 8), 16) * 16);
  return `chatcmpl-${address}`;
}

/** The fields every chat object begins with. */
export function chatHead({ container, id, created }: ChatAsked, object: string): Record<string, Written> {
  return { id: chatId(container.minor, id), object, created };
}

/** A token's log prob; in a stream the one alternative has the number where its text should be. */
export function chatLogProb(token: RollingToken, streamed: boolean): Written {
  const logprob = token.logProb === null ? null : float(token.logProb);
  // Code points, not UTF-8 bytes.
  const bytes = token.text === "" ? null : [...token.text].map((character) => character.codePointAt(0) ?? 0);
  const top = fields({ token: streamed ? logprob : token.text, logprob, bytes });
  return fields({ token: token.text, logprob, bytes, top_logprobs: [top] });
}
