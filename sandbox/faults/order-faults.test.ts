import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";

// Another key than the sandbox's own: its signature is not checked.
const AUTHORIZATION =
  "AWS4-HMAC-SHA256 Credential=AKIAOTHER/20260101/REGION/sagemaker/aws4_request, SignedHeaders=host, Signature=00";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

/** The status of a call, with the exception's name or the output. */
async function call(operation: string, input: object = {}, region = "us-east-1") {
  const answer = await fetch(sandbox.url, {
    method: "POST",
    headers: {
      authorization: AUTHORIZATION.replace("REGION", region),
      "x-amz-target": `SageMaker.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const { __type, ...output } = await answer.json();
  return __type ?? output;
}

async function post(path: string, body: object) {
  const answer = await sandbox.control(path, body);
  return { status: answer.status, body: await answer.json() };
}

describe("POST /_sandbox/faults", () => {
  test("holds for the named region, endpoint and operation, and for nothing else", async () => {
    const named = { fault: "throttled", region: "eu-west-1", endpoint: "a", operation: "DescribeEndpoint" };
    await post("faults", named);
    expect(await call("DescribeEndpoint", { EndpointName: "a" }, "eu-west-1")).toBe("ThrottlingException");
    expect(await call("DescribeEndpoint", { EndpointName: "b" }, "eu-west-1")).toBe("ValidationException");
    expect(await call("DescribeEndpoint", { EndpointName: "a" })).toBe("ValidationException");
    expect(await call("ListEndpoints", {}, "eu-west-1")).toHaveProperty("Endpoints");
  });

  test("holds for every control-plane call with *, until it is taken away", async () => {
    await post("faults", { fault: "expired-token", operation: "*" });
    for (const operation of ["ListModels", "ListEndpoints", "ListModels"]) {
      expect(await call(operation)).toBe("ExpiredTokenException");
    }
    expect((await post("faults", { fault: "expired-token", operation: "*", times: 0 })).body.faults).toEqual(
      [],
    );
    expect(await call("ListModels")).toHaveProperty("Models");
  });

  test("counts its times down where GET lists it, the oldest first", async () => {
    await post("faults", { fault: "throttled", operation: "ListModels", times: 2 });
    await post("faults", { fault: "access-denied", operation: "ListModels", times: 1 });
    expect(await call("ListModels")).toBe("ThrottlingException");
    expect(await (await sandbox.control("faults")).json()).toMatchObject({
      faults: [
        { kind: "call", fault: "throttled", operation: "ListModels", times: 1 },
        { kind: "call", fault: "access-denied", operation: "ListModels", times: 1 },
      ],
      known: { start: expect.arrayContaining(["fail-ping"]), answer: expect.arrayContaining(["stall"]) },
    });
    expect([await call("ListModels"), await call("ListModels")]).toEqual([
      "ThrottlingException",
      "AccessDeniedException",
    ]);
    expect(await call("ListModels")).toHaveProperty("Models");
  });

  test.each([
    ["DELETE /_sandbox/faults", () => fetch(`${sandbox.url}/_sandbox/faults`, { method: "DELETE" })],
    ["a reset", () => sandbox.control("reset", {})],
  ])("is forgotten with %s", async (_name, forget) => {
    await post("faults", { fault: "throttled", operation: "*" });
    await post("faults", { fault: "fail-ping" });
    expect((await forget()).status).toBe(200);
    expect(await (await sandbox.control("faults")).json()).toMatchObject({ faults: [] });
  });

  test.each([
    [{ fault: "sad" }, /^There is no fault sad; there are fail-ping, /],
    [
      { fault: "stall", operation: "ListModels" },
      /^There is no fault stall for ListModels; there are throttled, /,
    ],
    [
      { fault: "fail-ping", operation: "InvokeEndpoint" },
      /^There is no fault fail-ping for InvokeEndpoint; /,
    ],
    [{ fault: "throttled", operation: "ListModel" }, /^The sandbox has no operation ListModel; /],
    [{ fault: "throttled", times: -1 }, /times/],
    [{ fault: "throttled", endpiont: "x" }, /endpiont/],
    [{}, /fault/],
  ])("refuses %j with a sentence and sets nothing", async (body, sentence) => {
    const { status, body: answer } = await post("faults", body);
    expect(status).toBe(400);
    expect(answer.error).toMatch(sentence);
    expect(await (await sandbox.control("faults")).json()).toMatchObject({ faults: [] });
  });
});

describe("POST /_sandbox/switches", () => {
  test("gives an operation a rate: a burst, then so many a second", async () => {
    await post("switches", { throttle: { ListModels: { perSecond: 2, burst: 3 } } });
    const answers = [];
    for (let index = 0; index < 4; index += 1) answers.push(await call("ListModels"));
    expect(answers.map((answer) => answer === "ThrottlingException")).toEqual([false, false, false, true]);
    sandbox.wait(500);
    expect(await call("ListModels")).toHaveProperty("Models");
    expect(await call("ListModels")).toBe("ThrottlingException");
    expect(await call("ListEndpoints")).toHaveProperty("Endpoints");
  });

  test("begins filtered lists with an empty page that leads to the full one", async () => {
    await post("switches", { emptyPages: true });
    const input = { LastModifiedTimeAfter: 1 };
    const first = await call("ListEndpoints", input);
    expect(first).toMatchObject({ Endpoints: [], NextToken: expect.any(String) });
    expect((await call("ListEndpoints", { ...input, NextToken: first.NextToken })).Endpoints).toHaveLength(2);
    expect((await call("ListEndpoints")).Endpoints).toHaveLength(2);
  });

  test("moves what it names, keeps the rest, and refuses what it does not know", async () => {
    await post("switches", { noScaleToZero: true, noCapacity: ["ml.g5.xlarge"] });
    expect((await post("switches", { configInvisibleMs: 5000 })).body).toMatchObject({
      noScaleToZero: true,
      noCapacity: ["ml.g5.xlarge"],
      configInvisibleMs: 5000,
    });
    expect(await post("switches", { noMoney: true })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("noMoney") },
    });
    await sandbox.control("reset", {});
    expect(await (await sandbox.control("switches")).json()).toMatchObject({ noScaleToZero: false });
  });
});
