import { expect, test } from "vitest";
import { invokeRequestSchema } from "#lib/run/invoke-request.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { packCapsule } from "./capsule.ts";
import { unpackCapsule } from "./unpack-capsule.ts";

const START: RunEvent = {
  type: "run-start",
  runId: "theirs",
  endpointName: "heron",
  startedAt: 1_000,
  dialect: "lmi",
  requestBody: "{}",
};
const END: RunEvent = {
  type: "run-end",
  finishReason: { raw: "length", kind: "length" },
  generatedText: "",
  tokens: 0,
  requests: 1,
  at: 1,
};
const NOTHING = {
  endpointName: "recorded answer",
  container: null,
  region: null,
  startedAt: null,
  request: null,
};

test("a run gets a name of its own and keeps everything else", () => {
  const request = { endpointName: "heron", prompt: "Why?", parameters: {} };
  const capsule = packCapsule({ ...NOTHING, startedAt: 1_000, request, events: [START, END] });
  expect(unpackCapsule(capsule, { id: "ours", now: 5_000 })).toEqual({
    startedAt: 1_000,
    request,
    events: [{ ...START, runId: "ours" }, END],
  });
});

test("a recording without a beginning gets one, and a request that can be stored", () => {
  const { request, events, startedAt } = unpackCapsule(packCapsule({ ...NOTHING, events: [END] }), {
    id: "ours",
    now: 5_000,
  });
  expect(events.map(({ type }) => type)).toEqual(["run-start", "run-end"]);
  expect(startedAt).toBe(5_000);
  expect(invokeRequestSchema.parse(request)).toEqual(request);
});
