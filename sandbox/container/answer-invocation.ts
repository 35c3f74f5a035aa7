import { answerAsync } from "./async/answer-async.ts";
import type { Container } from "./choose-container.ts";
import { answerDynamic } from "./dynamic/answer-dynamic.ts";
import type { Invocation, Reply, Surroundings } from "./reply.ts";
import { answerRolling } from "./rolling/answer-rolling.ts";
import { answerRolling026 } from "./rolling-026.ts";

/** Answers `/invocations` as the container would. Containers that are not emulated never get in service. */
export function answerInvocation(
  container: Container,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<Reply> {
  switch (container.family) {
    case "rolling-026":
      return answerRolling026(container, invocation, surroundings);
    case "rolling":
      return answerRolling(container, invocation, surroundings);
    case "async":
      return answerAsync(container, invocation, surroundings);
    case "dynamic":
      return answerDynamic(container, invocation, surroundings);
    case "unknown-lmi":
    case "not-lmi":
      throw new Error(`a container of the family ${container.family} cannot be in service`);
  }
}
