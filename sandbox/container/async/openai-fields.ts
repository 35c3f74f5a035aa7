import { type Finish, NO_TOKEN_ID } from "../../engine/generation.ts";
import { fields, float, type Written } from "../python-json.ts";

// vLLM clamps minus infinity, so that JSON can carry it.
const LOWEST = -9999;

/** A log prob as vLLM's OpenAI server writes it. */
export function vllmLogProb(logProb: number): Written {
  return float(Math.max(logProb, LOWEST));
}

/** vLLM's finish reason: the end token and a stop string are both `stop`. */
export function vllmFinish(finish: Finish | null): string | null {
  if (finish === null) return null;
  return finish.reason === "length" ? "length" : "stop";
}

/** A `usage` object; whole answers carry one field more than streams. */
export function usageFields(prompt: number | null, completion: number, whole = false): Written {
  return fields({
    prompt_tokens: prompt,
    total_tokens: prompt === null ? null : prompt + completion,
    completion_tokens: completion,
    prompt_tokens_details: whole ? null : undefined,
  });
}

/** A token's id as `return_token_ids` shows it; null where the engine tells none. */
export function tokenIds(id: number): Written {
  return id === NO_TOKEN_ID ? null : [id];
}
