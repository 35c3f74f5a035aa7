import { AwsError } from "../aws-error.ts";

const RPC_V2 = /^\/service\/[^/]+\/operation\/[^/]+$/;

/**
 * Throws for the two protocols CloudWatch also has and no current client uses by default: RPC v2 with CBOR, told by
 * its path, and the Query protocol of clients before 2024. `queried` is the service that a Query request is for.
 */
export function refuseOtherProtocols(path: string, queried: string): void {
  if (RPC_V2.test(path)) {
    throw new AwsError(
      "UnknownOperationException",
      "The sandbox does not speak Smithy RPC v2 with CBOR; configure the client for AWS JSON 1.0, its default.",
    );
  }
  if (queried === "monitoring") {
    throw new AwsError(
      "InvalidAction",
      "The sandbox speaks AWS JSON 1.0 to CloudWatch clients and not the Query protocol; use a client from 2024 or later.",
    );
  }
}
