import "server-only";
import { z } from "zod";

/**
 * What an error thrown by the SDK may carry. Everything is optional: modelled exceptions have the fields of
 * the API, sockets have a `code`, and a bug has only a name.
 */
const awsErrorSchema = z.object({
  name: z.string().catch("Error"),
  // The runtime sends `{"message":null}` when it throttles (opensearch-project/ml-commons#2429).
  message: z.string().catch(""),
  code: z.string().optional().catch(undefined),
  ErrorCode: z.string().optional().catch(undefined),
  OriginalStatusCode: z.number().optional().catch(undefined),
  OriginalMessage: z.string().optional().catch(undefined),
  LogStreamArn: z.string().optional().catch(undefined),
  hostname: z.string().optional().catch(undefined),
  address: z.string().optional().catch(undefined),
  port: z.number().optional().catch(undefined),
  // HEAD has no body: what S3 says of a bucket's region stands in the headers.
  $response: z
    .object({ headers: z.record(z.string(), z.string()) })
    .optional()
    .catch(undefined),
  $metadata: z
    .object({ httpStatusCode: z.number().optional(), attempts: z.number().optional() })
    .optional()
    .catch(undefined),
});

export type AwsError = z.infer<typeof awsErrorSchema>;

/** The fields of whatever was thrown; `name` tells kinds apart, because SDK classes do not survive bundling. */
export function readAwsError(error: unknown): AwsError {
  const parsed = awsErrorSchema.safeParse(error);
  return parsed.success ? parsed.data : { name: "Error", message: "" };
}
