import "server-only";
import { DescribeEndpointCommand, ListTagsCommand } from "@aws-sdk/client-sagemaker";
import type { EndpointDetail } from "#lib/endpoint/endpoint.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";
import type { WireFacts } from "#lib/lmi/container-facts.ts";
import { awsFailure } from "./aws-failure.ts";
import { sagemaker } from "./clients.ts";
import { describeVariants } from "./describe-variants.ts";
import { translateStatus } from "./translate-status.ts";

/** An endpoint with everything AWS says about it; `wire` by variant name decides how each is spoken to. */
export type DescribedEndpoint = {
  endpoint: Omit<EndpointDetail, "history">;
  wire: ReadonlyMap<string, WireFacts>;
};

/** Endpoint, configuration, models and tags as one. Fails with `not-found` where AWS knows no such endpoint. */
export async function describeEndpoint(name: string): Promise<Result<DescribedEndpoint>> {
  try {
    const endpoint = await sagemaker().send(new DescribeEndpointCommand({ EndpointName: name }));
    const [variants, tags] = await Promise.all([
      describeVariants(endpoint),
      endpoint.EndpointArn ? listTags(endpoint.EndpointArn) : [],
    ]);
    const createdAt = endpoint.CreationTime?.getTime() ?? 0;
    return succeed({
      endpoint: {
        name: endpoint.EndpointName ?? name,
        arn: endpoint.EndpointArn ?? "",
        status: translateStatus(endpoint.EndpointStatus),
        createdAt,
        modifiedAt: endpoint.LastModifiedTime?.getTime() ?? createdAt,
        configName: endpoint.EndpointConfigName ?? null,
        failureReason: endpoint.FailureReason || null,
        variants: variants.map(({ variant }) => variant),
        tags,
      },
      wire: new Map(variants.flatMap(({ variant, wire }) => (wire ? [[variant.name, wire] as const] : []))),
    });
  } catch (error) {
    return fail(awsFailure(error));
  }
}

/** Tags explain an endpoint and decide nothing here: without the permission to read them the page still shows. */
async function listTags(arn: string): Promise<EndpointDetail["tags"]> {
  try {
    const answer = await sagemaker().send(new ListTagsCommand({ ResourceArn: arn, MaxResults: 100 }));
    return (answer.Tags ?? []).map((tag) => ({ key: tag.Key ?? "", value: tag.Value ?? "" }));
  } catch (error) {
    if (awsFailure(error).code === "not-allowed") return [];
    throw error;
  }
}
