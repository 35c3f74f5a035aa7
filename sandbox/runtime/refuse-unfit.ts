import type { Destination } from "./find-destination.ts";
import type { RuntimeInput } from "./invocation-headers.ts";
import { type RuntimeError, validationError } from "./runtime-error.ts";

/** The refusal of a call that the endpoint is not made for; the texts are our own. */
export function refuseUnfit(
  { endpoint, config }: Pick<Destination, "endpoint" | "config">,
  input: RuntimeInput,
): RuntimeError | undefined {
  // "An endpoint with an asynchronous configuration can only receive asynchronous invocations."
  if (config.AsyncInferenceConfig !== undefined) {
    return validationError(
      `Endpoint ${endpoint} is configured for asynchronous inference. Please use InvokeEndpointAsync.`,
    );
  }
  if (input.text("TargetModel") !== undefined) {
    return validationError(
      `Endpoint ${endpoint} is not a multi-model endpoint: TargetModel is not supported.`,
    );
  }
  if (input.text("TargetContainerHostname") !== undefined) {
    return validationError(
      `Endpoint ${endpoint} is not a multi-container endpoint with direct invocation: TargetContainerHostname is not supported.`,
    );
  }
  return undefined;
}
