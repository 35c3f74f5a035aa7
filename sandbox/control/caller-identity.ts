import { AwsError } from "../aws-error.ts";
import type { JsonObject } from "../json.ts";
import { ACCOUNT, partitionOf } from "./arns.ts";

/** Who signs every call here. */
export function callerIdentity(region: string): JsonObject {
  return {
    Account: ACCOUNT,
    Arn: `arn:${partitionOf(region)}:iam::${ACCOUNT}:user/sandbox`,
    UserId: "AIDASANDBOXSANDBOX00",
  };
}

/** STS's Query protocol: a form in, XML out. Throws for every action but `GetCallerIdentity`. */
export function answerStsQuery(body: string, region: string, requestId: string): string {
  // Only the action is looked at: GetCallerIdentity takes no parameters.
  const action = new URLSearchParams(body).get("Action") ?? "";
  if (action !== "GetCallerIdentity") {
    throw new AwsError("InvalidAction", `Could not find operation ${action} for this sandbox.`);
  }
  const fields = Object.entries(callerIdentity(region)).map(
    ([name, value]) => `<${name}>${String(value)}</${name}>`,
  );
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${fields.join("")}</GetCallerIdentityResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
}
