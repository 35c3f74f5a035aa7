import type { JsonObject } from "../../json.ts";
import type { Invocation, Reply, Surroundings } from "../reply.ts";
import { inputError } from "./failures.ts";
import { readRequest } from "./read-request.ts";
import { sendSteps } from "./send-steps.ts";
import type { Rolling } from "./steps.ts";
import { write3p, write3pLines } from "./write-3p.ts";

/**
 * Answers a request of `bedrock_compat`: `prompt`, `max_gen_len` and a temperature that turns sampling on. Not the body
 * but the operation that SageMaker was asked for decides whether it streams (lmi-wire 2.1).
 */
export async function answer3p(
  container: Rolling,
  body: JsonObject,
  { signal, streams }: Invocation,
  surroundings: Surroundings,
): Promise<Reply> {
  const parameters = {
    do_sample: typeof body.temperature === "number" && body.temperature > 0,
    ...Object.fromEntries(
      [
        ["max_new_tokens", body.max_gen_len],
        ["temperature", body.temperature],
        ["top_p", body.top_p],
      ].filter(([, value]) => value !== undefined),
    ),
  };
  const request = readRequest(container, { inputs: body.prompt ?? "", parameters }, surroundings.newSeed());
  if (request.kind === "invalid") return inputError(container, request.message);
  if (streams) {
    return sendSteps(
      { container, formatter: "3p_stream", request, surroundings, signal },
      { kind: "stream", write: (steps, prompt) => write3pLines(container, steps, prompt) },
    );
  }
  return sendSteps(
    { container, formatter: "3p", request, surroundings, signal },
    { kind: "whole", write: (steps, prompt) => write3p(steps, request.generation.prompt, prompt) },
  );
}
