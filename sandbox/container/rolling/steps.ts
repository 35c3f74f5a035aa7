import type { Container } from "../choose-container.ts";
import type { FailedEvent, TokenEvent } from "../open-generation.ts";
import { type RollingToken, rollingFinish } from "../rolling-bytes.ts";

export type Rolling = Extract<Container, { family: "rolling" }>;

/** One engine step as a formatter of LMI 0.27 to 0.36 sees it; the last one has a finish reason. */
export type Step = {
  readonly kind: "token";
  readonly token: RollingToken;
  /** The sampled token, then the other likely ones in the engine's order (lmi-wire 4.3). */
  readonly top: readonly RollingToken[];
  readonly finish: string | null;
};
export type FailedStep = { readonly kind: "failed"; readonly message: string };

/** The token 0.28 makes up when its engine fails. */
export const FAKE_ERROR_TOKEN: RollingToken = { id: -1, text: "", logProb: null, special: true };

/** Turns engine events into steps; a failure is 0.28's fake last token there, an end without a token elsewhere. */
export async function* stepsOf(
  container: Rolling,
  events: AsyncIterable<TokenEvent | FailedEvent>,
): AsyncGenerator<Step | FailedStep> {
  let cumulative = 0;
  for await (const event of events) {
    if (event.type === "failed") {
      yield failedStep(container, event.message);
      return;
    }
    const before = cumulative;
    cumulative += event.token.logProb;
    // These report the difference of two cumulative sums, float noise included (lmi-wire 4.1).
    const differs = container.minor === 27 || container.backend === "trtllm";
    const token = tokenOf(container, event, differs ? cumulative - before : event.token.logProb);
    const others = event.top.filter((one) => one.id !== event.token.id).map(candidateOf);
    const finish = event.finish === null ? null : rollingFinish(event, container.backend === "neuron");
    yield { kind: "token", token, top: [token, ...others], finish };
  }
}

/** What a failure of the engine is to the formatters. */
export function failedStep(container: Rolling, message: string): Step | FailedStep {
  return container.minor === 28
    ? { kind: "token", token: FAKE_ERROR_TOKEN, top: [], finish: "error" }
    : { kind: "failed", message };
}

function tokenOf(container: Rolling, event: TokenEvent, logProb: number): RollingToken {
  const { id } = event.token;
  if (container.backend === "neuron") {
    return { id, text: event.special ? "" : event.delta, logProb, special: event.special };
  }
  // Up to 0.28 a character is held back until it is whole; from 0.29 on each token is decoded alone.
  if (container.minor <= 28 || event.finish?.reason === "stop") {
    return container.minor === 27 && event.delta === ""
      ? { id: -1, text: "", logProb: null, special: false }
      : { id, text: event.delta, logProb, special: false };
  }
  return { id, text: event.special ? "" : event.token.text, logProb, special: false };
}

function candidateOf({ id, text, logProb }: TokenEvent["top"][number]): RollingToken {
  return { id, text, logProb, special: false };
}
