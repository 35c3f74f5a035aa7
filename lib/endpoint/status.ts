import type { EndpointStatus } from "./endpoint.ts";

type StatusFacts = {
  /** Whether a fleet answers prompts in this state. */
  canInvoke: boolean;
  /** AWS refuses DeleteEndpoint with "Cannot update in-progress endpoint" while a change runs. */
  canDelete: boolean;
  /** Whether the state is expected to change by itself. */
  isTransitional: boolean;
  /** Completes "the endpoint …". */
  words: string;
};

/**
 * What SageMaker allows in each EndpointStatus (API reference of DescribeEndpoint and DeleteEndpoint).
 * Updating, SystemUpdating and RollingBack keep the old fleet serving, so prompts still work there.
 */
function factsOf(status: EndpointStatus): StatusFacts {
  switch (status) {
    case "InService":
      return { canInvoke: true, canDelete: true, isTransitional: false, words: "is in service" };
    case "Creating":
      return { canInvoke: false, canDelete: false, isTransitional: true, words: "is still being created" };
    case "Updating":
      return { canInvoke: true, canDelete: false, isTransitional: true, words: "is being updated" };
    case "SystemUpdating":
      return { canInvoke: true, canDelete: false, isTransitional: true, words: "is in maintenance by AWS" };
    case "RollingBack":
      return {
        canInvoke: true,
        canDelete: false,
        isTransitional: true,
        words: "is going back to its previous configuration",
      };
    case "Deleting":
      return { canInvoke: false, canDelete: false, isTransitional: true, words: "is being deleted" };
    case "Failed":
      return { canInvoke: false, canDelete: true, isTransitional: false, words: "failed to start" };
    case "OutOfService":
      return { canInvoke: false, canDelete: true, isTransitional: false, words: "is out of service" };
    case "UpdateRollbackFailed":
      return {
        canInvoke: false,
        canDelete: true,
        isTransitional: false,
        words: "failed an update and the way back",
      };
    case "Unknown":
      // A word AWS added after this was written: nothing is forbidden, AWS itself will answer.
      return {
        canInvoke: true,
        canDelete: true,
        isTransitional: false,
        words: "is in a state this version does not know",
      };
  }
}

export function canInvoke(status: EndpointStatus): boolean {
  return factsOf(status).canInvoke;
}

export function canDelete(status: EndpointStatus): boolean {
  return factsOf(status).canDelete;
}

export function isTransitional(status: EndpointStatus): boolean {
  return factsOf(status).isTransitional;
}

/** One sentence for a disabled delete button, or null where deleting is allowed. */
export function whyNotDelete(status: EndpointStatus): string | null {
  const facts = factsOf(status);
  return facts.canDelete
    ? null
    : `The endpoint ${facts.words}; SageMaker deletes an endpoint only when no change is running.`;
}

/** Why a prompt would be refused and what to do about it, or null where prompts are answered. */
export function whyNotInvoke(status: EndpointStatus): { message: string; hint: string } | null {
  const facts = factsOf(status);
  if (facts.canInvoke) return null;
  return { message: `The endpoint ${facts.words}, so it cannot answer prompts.`, hint: nextStep(status) };
}

function nextStep(status: EndpointStatus): string {
  switch (status) {
    case "Creating":
      return "Wait until it is in service, typically five to ten minutes, then send the prompt again.";
    case "Deleting":
      return "Choose another endpoint, or create it anew once it has gone.";
    case "Failed":
      return "Read the failure reason on its page, delete it, and create it again with the cause removed.";
    case "OutOfService":
    case "UpdateRollbackFailed":
      return "Delete it and create it again, or ask AWS Support to restore it.";
    default:
      return "Look at its page for what is happening.";
  }
}
