import type { Failure } from "#lib/failure.ts";

const CONSOLES: Record<string, string> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/**
 * The address in AWS's console of the log stream that an ARN names
 * (`arn:aws:logs:REGION:ACCOUNT:log-group:GROUP:log-stream:STREAM`); null where it names none.
 */
export function logUrlOfArn(arn: string): string | null {
  const match = /^arn:([\w-]+):logs:([\w-]+):\d+:log-group:([^:]+):log-stream:(.+)$/.exec(arn);
  if (!match) return null;
  const [, partition = "", region = "", group = "", stream = ""] = match;
  const console = CONSOLES[partition];
  return console === undefined
    ? null
    : `${groupUrl(console, region, group)}/log-events/${escapeHash(stream)}`;
}

/** A failure of the container with the way to its endpoint's log, where AWS did not name one. */
export function withLogUrl(failure: Failure, region: string, endpointName: string): Failure {
  if (failure.code !== "model-error" || failure.logUrl !== undefined) return failure;
  return { ...failure, logUrl: logUrlOfEndpoint(region, endpointName) };
}

/** The address of an endpoint's log group, where SageMaker names it by the endpoint. */
export function logUrlOfEndpoint(region: string, endpointName: string): string {
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return groupUrl(CONSOLES[partition] ?? "", region, `/aws/sagemaker/Endpoints/${endpointName}`);
}

function groupUrl(console: string, region: string, group: string): string {
  return `https://${region}.${console}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${escapeHash(group)}`;
}

/** The console's own escape in the part behind #: percent signs of a double encoding, written as dollar signs. */
function escapeHash(text: string): string {
  return encodeURIComponent(encodeURIComponent(text)).replaceAll("%", "$");
}
