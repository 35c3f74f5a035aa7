import { expect, it } from "vitest";
import { ENDPOINT_STATUSES } from "./endpoint.ts";
import { canDelete, canInvoke, isTransitional, whyNotDelete, whyNotInvoke } from "./status.ts";

it("lets prompts through where a fleet serves", () => {
  expect(ENDPOINT_STATUSES.filter(canInvoke)).toEqual([
    "InService",
    "Updating",
    "SystemUpdating",
    "RollingBack",
    "Unknown",
  ]);
});

it("deletes only what no change is running on", () => {
  expect(ENDPOINT_STATUSES.filter(canDelete)).toEqual([
    "InService",
    "Failed",
    "OutOfService",
    "UpdateRollbackFailed",
    "Unknown",
  ]);
});

it("expects a change of these by themselves", () => {
  expect(ENDPOINT_STATUSES.filter(isTransitional)).toEqual([
    "Creating",
    "Updating",
    "SystemUpdating",
    "RollingBack",
    "Deleting",
  ]);
});

it.each(ENDPOINT_STATUSES)("has a sentence and a next step for whatever %s forbids", (status) => {
  expect(whyNotDelete(status) === null).toBe(canDelete(status));
  expect(whyNotInvoke(status) === null).toBe(canInvoke(status));
  const refusal = whyNotInvoke(status);
  if (refusal) {
    expect(refusal.message).toMatch(/^The endpoint .*\.$/);
    expect(refusal.hint).toMatch(/\.$/);
  }
});
