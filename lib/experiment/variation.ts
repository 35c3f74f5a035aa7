import type { GenerationParameters } from "#lib/run/generation-parameters.ts";
import { parameterSupport, type RequestManner } from "#lib/wire/parameters.ts";

/** Whether the same request, sent again, can bring another answer. `unknown`: the container's default decides. */
export type Variation = { kind: "varies" | "same" | "unknown"; reason: string };

/**
 * What the settings say about samples of one request. Samples differ only where the container draws: above
 * temperature 0, and where it has a switch for drawing, with that switch on.
 */
export function variationOf(
  { temperature, doSample, topK }: GenerationParameters,
  manner: RequestManner,
): Variation {
  if (temperature === 0) return same("Temperature 0 always takes the likeliest token.");
  if (topK === 1) return same("Top-k 1 leaves only the likeliest token.");
  if (doSample === false && parameterSupport("doSample", manner).isKnown)
    return same("Sample is off: this container then always takes the likeliest token.");
  if (temperature !== undefined) return { kind: "varies", reason: `Drawn at temperature ${temperature}.` };
  const support = parameterSupport("temperature", manner);
  const unset = support.isKnown ? support.unset : "unknown";
  if (unset === "greedy")
    return same("Without a temperature this container always takes the likeliest token.");
  return Number(unset) > 0
    ? { kind: "varies", reason: `Drawn at this container's own temperature, ${unset}.` }
    : { kind: "unknown", reason: "No temperature is set, and this container's own is not known." };
}

function same(reason: string): Variation {
  return { kind: "same", reason };
}
