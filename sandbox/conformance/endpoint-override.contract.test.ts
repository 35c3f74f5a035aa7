import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { hasBoto, isThere, run, runPython } from "./programs.ts";

const NOBODY = "http://127.0.0.1:9";
const FOUND = { control: ["sagescope-demo-lmi-026", "sagescope-demo"], runtime: "ValidationError" };
const boto = await hasBoto();
const cli = await isThere("aws", "--version");

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox({ wall: Date.now });
});
afterAll(() => sandbox.close());

type Ways = [string, () => Record<string, string>];
const WAYS: Ways[] = [
  ["AWS_ENDPOINT_URL", () => ({ AWS_ENDPOINT_URL: sandbox.url })],
  [
    "AWS_ENDPOINT_URL_SAGEMAKER and AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME, before the general one",
    () => ({
      AWS_ENDPOINT_URL: NOBODY,
      AWS_ENDPOINT_URL_SAGEMAKER: sandbox.url,
      AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: sandbox.url,
    }),
  ],
  ["the services section of a configuration file", () => ({ AWS_CONFIG_FILE: configFile() })],
];

function configFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), "sandbox-config-")), "config");
  writeFileSync(
    path,
    `[default]
region = us-east-1
services = local

[services local]
sagemaker =
  endpoint_url = ${sandbox.url}
sagemaker_runtime =
  endpoint_url = ${sandbox.url}
`,
  );
  return path;
}

describe.each(WAYS)("%s leads to the sandbox", (_name, environment) => {
  test("the JavaScript clients", async () => {
    const words = ["--import", "tsx", join(import.meta.dirname, "show-endpoints.ts")];
    const region = { AWS_REGION: "us-east-1" };
    expect(JSON.parse(await run(process.execPath, words, { ...region, ...environment() }))).toEqual(FOUND);
  });

  test.skipIf(!boto)(`boto3${boto ? "" : " (not installed)"}`, async () => {
    expect(await runPython("show-endpoints.py", [], environment())).toEqual(FOUND);
  });

  test.skipIf(!cli)(`the aws command${cli ? "" : " (not installed)"}`, async () => {
    const words = ["sagemaker", "list-endpoints", "--output", "text", "--query", "Endpoints[].EndpointName"];
    expect((await run("aws", words, environment())).trim().split("\t")).toEqual(FOUND.control);
  });
});

test.skipIf(!boto)("an override of the runtime alone leaves the control plane where it was", async () => {
  const environment = { AWS_ENDPOINT_URL: NOBODY, AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: sandbox.url };
  expect(await runPython("show-endpoints.py", [], environment)).toEqual({
    control: "EndpointConnectionError",
    runtime: "ValidationError",
  });
});
