import { beforeEach, expect, it } from "vitest";
import { connectTo } from "#lib/aws/connect-to.ts";
import { createEndpoint, deleteEndpoint } from "./actions.ts";

/** Nothing listens there: an action that reaches AWS says "unreachable". */
beforeEach(() => connectTo(process.env, "http://127.0.0.1:9", { key: "a", secret: "b" }));

it("asks nothing of AWS for a form that is wrong", async () => {
  expect(await createEndpoint({ endpointName: "a_b" })).toMatchObject({
    ok: false,
    failure: { code: "invalid", field: "endpointName" },
  });
  expect(await createEndpoint(null)).toMatchObject({ ok: false, failure: { code: "invalid" } });
});

it("deletes nothing whose name was not typed", async () => {
  expect(await deleteEndpoint({ name: "e", confirmation: "f" })).toMatchObject({
    ok: false,
    failure: { code: "invalid", field: "confirmation" },
  });
  expect(await deleteEndpoint({ name: "e", confirmation: "e" })).toMatchObject({
    ok: false,
    failure: { code: "unreachable" },
  });
});

it("says that it may have been made, where no answer came", async () => {
  const form = {
    endpointName: "e",
    image: "x/djl-inference:0.36.0-lmi27.0.0-cu130",
    instanceType: "ml.g5.xlarge",
    instanceCount: 1,
    executionRoleArn: "arn:aws:iam::123456789012:role/r",
  };
  expect(await createEndpoint(form)).toMatchObject({
    ok: false,
    failure: { code: "unreachable", hint: expect.stringContaining("may have been created") },
  });
});
