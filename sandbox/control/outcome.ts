import { chooseContainer } from "../container/choose-container.ts";
import { faultOf } from "../container/faults.ts";
import type { VariantRecord } from "../state/records.ts";
import type { Scope } from "./scope.ts";
import type { Outcome } from "./timeline.ts";

// With default time-outs AWS gives up on a container that never answers after about 25 minutes.
const PING_SECONDS = 1500;
const CAPACITY_SECONDS = 900;
// No container is started for an image the sandbox cannot imitate, so there is nothing to wait for.
const REFUSED_SECONDS = 60;

/** How the creation of an endpoint with these variants ends, with AWS's `FailureReason` where it fails. */
export function decideOutcome(
  variants: readonly VariantRecord[],
  engineState: Scope["engineState"],
): { outcome: Outcome; failureReason?: string } {
  for (const variant of variants) {
    const container = chooseContainer(variant.image, variant.environment);
    const fault = faultOf(variant.environment);
    if (fault === "no-capacity") {
      return failed(
        CAPACITY_SECONDS,
        "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error. Please retry using a different ML instance type or after some time.",
      );
    }
    const engine = engineState(variant.environment);
    const isUnhealthy = fault === "fail-ping" || engine.trouble !== undefined;
    // A genuine container behind the endpoint is what it is, whatever the image is called.
    if (isUnhealthy || (container.family === "not-lmi" && !engine.isContainer)) {
      return failed(
        PING_SECONDS,
        `The primary container for production variant ${variant.name} did not pass the ping health check. Please check CloudWatch logs for this endpoint.`,
      );
    }
    if (container.family === "unknown-lmi" && !engine.isContainer) {
      return failed(
        REFUSED_SECONDS,
        `This sandbox does not emulate ${container.reason} yet, so production variant ${variant.name} was not started. See sandbox/README.md for the containers it emulates.`,
      );
    }
  }
  return { outcome: { ends: "in-service" } };
}

function failed(afterSeconds: number, failureReason: string): { outcome: Outcome; failureReason: string } {
  return { outcome: { ends: "failed", afterSeconds }, failureReason };
}
