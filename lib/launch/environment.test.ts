import { devNull } from "node:os";
import { expect, test } from "vitest";
import { accountEnvironment, localEnvironment, quietEnvironment } from "./environment.ts";

const OWN = {
  PATH: "/bin",
  AWS_PROFILE: "production",
  AWS_SESSION_TOKEN: "token",
  AWS_CONFIG_FILE: "~/.aws/config",
  AWS_ENDPOINT_URL: "https://elsewhere.example",
  AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: "https://elsewhere.example",
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
  AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/real",
  aws_access_key_id: "odd case",
};

test("nothing of a developer's own account survives beside the local SageMaker", () => {
  expect(localEnvironment(OWN, "http://127.0.0.1:4567")).toEqual({
    PATH: "/bin",
    AWS_ENDPOINT_URL: "http://127.0.0.1:4567",
    AWS_ACCESS_KEY_ID: "sandbox",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  });
});

test("with an account, only what was named on the command line changes", () => {
  expect(accountEnvironment(OWN, { profile: undefined, region: undefined })).toEqual(OWN);
  expect(accountEnvironment(OWN, { profile: "test", region: "eu-west-1" })).toEqual({
    ...OWN,
    AWS_PROFILE: "test",
    AWS_REGION: "eu-west-1",
  });
});

test("a mode meant for another program is not passed on", () => {
  const env = quietEnvironment({ NODE_ENV: "test", PATH: "/bin" });
  expect(env).toMatchObject({ PATH: "/bin", NEXT_TELEMETRY_DISABLED: "1" });
  expect(env).not.toHaveProperty("NODE_ENV");
});
