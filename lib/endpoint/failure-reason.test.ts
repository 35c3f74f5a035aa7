import { expect, it } from "vitest";
import { explainFailureReason } from "./failure-reason.ts";

it.each([
  [
    "The primary container for production variant AllTraffic did not pass the ping health check. Please check CloudWatch logs for this endpoint.",
    /never reported/,
  ],
  [
    "CannotStartContainerError. Please ensure the model container for variant v starts correctly when invoked with 'docker run <image> serve'",
    /could not be started/,
  ],
  [
    "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error. Please retry using a different ML instance type or after some time.",
    /no free instance/,
  ],
  [
    "Failed to extract model data archive for container 'container_1' from URL 's3://b/m.tar.gz'.",
    /unpacked/,
  ],
  ["The model data archive is too large. Please reduce the size.", /too large/],
  [
    "Please ensure that all images included in the model exist, and that the execution role used to create the model has permissions to access them.",
    /pull the container image/,
  ],
  ['Received server error (0) from model with message "".', /process ended/],
  ["The request to update endpoint failed because 1 alarm(s) in ALARM state", /alarm went off/],
  ["Something new", /says why/],
])("%s", (reason, message) => {
  const failure = explainFailureReason(reason);
  expect(failure.message).toMatch(message);
  expect(failure.detail).toBe(reason);
  expect(failure.hint).toMatch(/\.$/);
});
