import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { type Damage, startDamagingProxy } from "./damaging-proxy.ts";
import { hasBoto, runPython } from "./programs.ts";

// A check that finds nothing proves something only if it finds what is there.

const boto = await hasBoto();

describe.skipIf(!boto)(`the checks, before a server that is wrong${boto ? "" : " (no boto3)"}`, () => {
  let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
  });
  afterEach(() => sandbox.close());

  test("report each damage to an answer, and nothing else", async () => {
    const proxy = await startDamagingProxy(
      sandbox.port,
      new Map<string, Damage>([
        ["DescribeEndpoint", ({ status, body: { EndpointArn: _dropped, ...body } }) => ({ status, body })],
        [
          "ListEndpoints",
          ({ status, body }) => ({
            status,
            body: {
              ...body,
              Endpoints: listOf(body.Endpoints).map((one) => ({ ...one, EndpointStatus: "Up" })),
            },
          }),
        ],
        [
          "DescribeModel",
          ({ status, body }) => ({
            status,
            body: status === 200 ? { ...body, CreationTime: "2026-01-01T00:00:00Z" } : body,
          }),
        ],
        ["DescribeEndpointConfig", ({ status, body }) => ({ status, body: { ...body, Colour: "red" } })],
        [
          "ListModels",
          ({ status, body }) => ({
            status,
            body: { ...body, Models: listOf(body.Models).map((one) => ({ ...one, ModelArn: "model" })) },
          }),
        ],
        ["ListTags", ({ status, body }) => ({ status, body: { ...body, NextToken: null } })],
        ["CreateEndpoint", ({ status }) => ({ status, body: { EndpointArn: "x" } })],
      ]),
    );
    const { strange } = await runPython<{ strange: string[] }>("check-answers.py", [proxy.url]);
    proxy.close();
    expect(strange).toEqual([
      "CreateEndpoint.EndpointArn does not match its pattern",
      "CreateEndpoint.EndpointArn is below its minimum",
      "DescribeEndpoint.EndpointArn is missing",
      "DescribeEndpointConfig.Colour is unknown",
      "DescribeModel.CreationTime is not a timestamp",
      "ListEndpoints.Endpoints[].EndpointStatus has no value Up",
      "ListModels.Models[].ModelArn does not match its pattern",
      "ListModels.Models[].ModelArn is below its minimum",
      "ListTags.NextToken is null",
    ]);
  });

  test("report a server that accepts too much, too little, or names the wrong place", async () => {
    const damages = new Map<string, Damage>([
      ["CreateModel", () => ({ status: 200, body: { ModelArn: "arn" } })],
      [
        "CreateEndpointConfig",
        ({ status, body }) => ({
          status,
          body: { ...body, message: String(body.message).replaceAll(".1.member", ".0.member") },
        }),
      ],
      [
        "ListModels",
        () => ({
          status: 400,
          body: { __type: "ValidationException", message: "1 validation error detected: x" },
        }),
      ],
      ["AddTags", () => ({ status: 500, body: { __type: "InternalFailure", message: "" } })],
      [
        "ListTags",
        ({ status, body }) => ({
          status,
          body: { ...body, message: String(body.message).split(";")[0] },
        }),
      ],
    ]);
    const proxy = await startDamagingProxy(sandbox.port, damages);
    const words = [proxy.url, "1", ...damages.keys(), "DescribeModel"];
    const { wrong } = await runPython<{ wrong: string[] }>("check-requests.py", words);
    proxy.close();
    const reported = new Set(wrong.map((line) => line.split(":")[0]));
    expect([...reported].sort()).toEqual([
      "AddTags double",
      "AddTags full",
      "AddTags small",
      "AddTags violating",
      "CreateEndpointConfig violating",
      "CreateModel double",
      "CreateModel violating",
      "ListModels double",
      "ListModels full",
      "ListModels small",
      "ListModels violating",
      "ListTags double",
    ]);
  });
});

function listOf(value: unknown): object[] {
  return Array.isArray(value) ? value : [];
}
