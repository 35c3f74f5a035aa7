import "server-only";
import { AddTagsCommand, DescribeEndpointCommand, ListTagsCommand } from "@aws-sdk/client-sagemaker";
import { EXPIRY_KEY, extendedExpiry, readExpiry } from "#lib/endpoint/expiry.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { sagemaker } from "./clients.ts";

/**
 * Writes a later expiry into an endpoint's tag, and returns it (ISO 8601). `now` in epoch ms. Fails with `not-found`
 * where AWS knows no such endpoint.
 */
export async function extendExpiry(name: string, now: number): Promise<Result<{ expiresAt: string }>> {
  try {
    const { EndpointArn: arn } = await sagemaker().send(new DescribeEndpointCommand({ EndpointName: name }));
    const { Tags = [] } = await sagemaker().send(new ListTagsCommand({ ResourceArn: arn, MaxResults: 100 }));
    const tags = Tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));
    const expiresAt = extendedExpiry(readExpiry(tags), now);
    await sagemaker().send(
      new AddTagsCommand({ ResourceArn: arn, Tags: [{ Key: EXPIRY_KEY, Value: expiresAt }] }),
    );
    return succeed({ expiresAt });
  } catch (error) {
    return fail(awsFailure(error));
  }
}
