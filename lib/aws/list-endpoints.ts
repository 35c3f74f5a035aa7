import "server-only";
import { type EndpointSummary as AwsEndpoint, paginateListEndpoints } from "@aws-sdk/client-sagemaker";
import type { EndpointSummary } from "#lib/endpoint/endpoint.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { sagemaker } from "./clients.ts";
import { translateStatus } from "./translate-status.ts";

const PAGE_SIZE = 100;
/** Empty pages may carry a token and have been seen to do so for ever (datahub-project/datahub#6357). */
const MAX_PAGES = 50;

/**
 * Every endpoint of the account and region, newest first as AWS sorts them; at most 5,000.
 * Fails with what `awsFailure` says.
 */
export async function listEndpoints(): Promise<Result<EndpointSummary[]>> {
  try {
    const endpoints: EndpointSummary[] = [];
    let pages = 0;
    for await (const page of paginateListEndpoints({ client: sagemaker(), pageSize: PAGE_SIZE }, {})) {
      endpoints.push(...(page.Endpoints ?? []).flatMap(translateSummary));
      pages += 1;
      if (pages === MAX_PAGES) break;
    }
    return succeed(endpoints);
  } catch (error) {
    return fail(awsFailure(error));
  }
}

/** A row without a name cannot be shown or opened: it is left out rather than losing the page. */
function translateSummary(endpoint: AwsEndpoint): EndpointSummary[] {
  if (!endpoint.EndpointName) return [];
  const createdAt = endpoint.CreationTime?.getTime() ?? 0;
  return [
    {
      name: endpoint.EndpointName,
      arn: endpoint.EndpointArn ?? "",
      status: translateStatus(endpoint.EndpointStatus),
      createdAt,
      modifiedAt: endpoint.LastModifiedTime?.getTime() ?? createdAt,
    },
  ];
}
