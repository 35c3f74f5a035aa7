import type { TokenEvent } from "#lib/run/run-event.ts";
import type { WireFacts } from "#lib/wire/wire-facts.ts";

/**
 * What a container's log probabilities are: `raw` before temperature, top-k and the like; `after-temperature`
 * when they move with it; `none` when it sends none; `unknown` when neither is known.
 */
export type LogProbMeaning = "raw" | "after-temperature" | "none" | "unknown";

/** vLLM 0.8, whose V1 engine reports what the model said before sampling (`logprobs-mode` `raw_logprobs`). */
const FIRST_RAW_VLLM = 33;

/**
 * What is known without asking. TensorRT-LLM's engine adjusts by temperature (TensorRT-LLM pull request 12514), its
 * asynchronous service sends nulls, and dynamic batching sends no tokens. Older vLLM and LMI-Dist differ between
 * versions, so nothing is claimed of them: `judgeProbe` finds out.
 */
export function expectedMeaning({ release, mode, engine }: WireFacts): LogProbMeaning {
  if (mode === "dynamic") return "none";
  if (engine === "trtllm") return mode === "async" ? "none" : "after-temperature";
  return engine === "vllm" && release !== null && release >= FIRST_RAW_VLLM ? "raw" : "unknown";
}

/**
 * What one answer said at one temperature: log probabilities in nats by the text up to and with the token, so that
 * the same key means the same token at the same place.
 */
export type ProbeAnswer = { temperature: number; logProbs: ReadonlyMap<string, number> };

/** Reads an answer for a probe: every token's number and those of its alternatives. */
export function probeAnswer(temperature: number, tokens: readonly TokenEvent[]): ProbeAnswer {
  const logProbs = new Map<string, number>();
  let before = "";
  for (const { text, logProb, counts, alternatives = [] } of tokens) {
    if (!counts) continue;
    for (const other of [...alternatives, { text, logProb }]) {
      if (other.logProb !== null) logProbs.set(`${before}\u0000${other.text}`, other.logProb);
    }
    before += text;
  }
  return { temperature, logProbs };
}

/** Rounding on the wire and batching move a number this far, in nats; a temperature moves it further. */
const SAME = 0.02;

/**
 * Judges by asking twice: the same prompt at two temperatures far apart. Numbers that stay are raw;
 * numbers whose differences shrink as the temperature grows follow it. Null where the two answers have no token
 * in common, or where the tokens are so nearly certain that no temperature would show.
 */
export function judgeProbe(cold: ProbeAnswer, hot: ProbeAnswer): "raw" | "after-temperature" | null {
  const common = [...cold.logProbs].flatMap(([text, before]) => {
    const after = hot.logProbs.get(text);
    return after === undefined ? [] : [{ before, after }];
  });
  const telling = common.filter(({ before, after }) => Math.min(before, after) < -0.05);
  if (telling.length === 0) return null;
  return telling.every(({ before, after }) => Math.abs(before - after) < SAME) ? "raw" : "after-temperature";
}
