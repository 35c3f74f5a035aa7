import { expect, test } from "vitest";
import { logUrlOfArn, logUrlOfEndpoint, withLogUrl } from "./log-url.ts";

test.each([
  [
    "arn:aws:logs:eu-west-1:000000000000:log-group:/aws/sagemaker/Endpoints/chat:log-stream:AllTraffic/i-0a",
    "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Fsagemaker$252FEndpoints$252Fchat/log-events/AllTraffic$252Fi-0a",
  ],
  [
    "arn:aws-cn:logs:cn-north-1:000000000000:log-group:g:log-stream:s",
    "https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#logsV2:log-groups/log-group/g/log-events/s",
  ],
  ["arn:elsewhere:logs:x:0:log-group:g:log-stream:s", null],
  ["javascript:alert(1)", null],
])("the log stream %s", (arn, url) => {
  expect(logUrlOfArn(arn)).toBe(url);
});

test("the log group of an endpoint", () => {
  expect(logUrlOfEndpoint("us-gov-west-1", "chat")).toMatch(
    /^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\//,
  );
});

test("only a container's failure leads to its log, and AWS's own address wins", () => {
  const failure = { code: "model-error", message: "It broke." } as const;
  expect(withLogUrl(failure, "eu-west-1", "chat").logUrl).toBe(logUrlOfEndpoint("eu-west-1", "chat"));
  expect(withLogUrl({ ...failure, logUrl: "https://x" }, "eu-west-1", "chat").logUrl).toBe("https://x");
  expect(withLogUrl({ ...failure, code: "throttled" }, "eu-west-1", "chat")).not.toHaveProperty("logUrl");
});
