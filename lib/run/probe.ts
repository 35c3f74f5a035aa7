import type { InvokeRequest } from "#lib/run/invoke-request.ts";

/** How much each of the two requests of a probe asks for. */
export const PROBE_TOKENS = 8;

/** Far enough apart to show, near enough for the same tokens to come. */
export const PROBE_TEMPERATURES = [0.5, 1.5] as const;

/**
 * The two short requests that tell what an endpoint's log probabilities are: the same prompt and seed at two
 * temperatures. Numbers before sampling stay, others move.
 */
export function probeRequests(asked: InvokeRequest): { temperature: number; request: InvokeRequest }[] {
  const { autoContinue: _, extraParameters: __, ...rest } = asked;
  return PROBE_TEMPERATURES.map((temperature) => ({
    temperature,
    request: {
      ...rest,
      parameters: { maxNewTokens: PROBE_TOKENS, temperature, seed: 7, alternatives: 5 },
      origin: { kind: "probe" },
    },
  }));
}
