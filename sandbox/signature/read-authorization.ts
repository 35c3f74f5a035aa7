import { AwsError } from "../aws-error.ts";

/** The parts of a SigV4 `Authorization` header. */
export type Authorization = {
  readonly accessKey: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
};

const REGION = /^[a-z0-9-]{1,32}$/;

/**
 * Reads the header; throws `MissingAuthenticationTokenException` (403) where there is none and
 * `IncompleteSignatureException` (403) where it is not SigV4.
 */
export function readAuthorization(header: string | undefined): Authorization {
  if (header === undefined || header === "") {
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", 403);
  }
  const match = /^AWS4-HMAC-SHA256\s+(.+)$/.exec(header);
  const fields = new Map(
    (match?.[1] ?? "").split(",").map((field) => {
      const [name = "", ...value] = field.trim().split("=");
      return [name, value.join("=")] as const;
    }),
  );
  const credential = (fields.get("Credential") ?? "").split("/");
  const signature = fields.get("Signature");
  const signedHeaders = fields.get("SignedHeaders");
  // Read from the end: an access key may itself contain a slash.
  const [terminator, service, region, date, ...keyParts] = credential.toReversed();
  if (
    terminator !== "aws4_request" ||
    service === undefined ||
    region === undefined ||
    date === undefined ||
    keyParts.length === 0 ||
    signature === undefined ||
    signedHeaders === undefined ||
    !REGION.test(region)
  ) {
    throw new AwsError(
      "IncompleteSignatureException",
      "Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' parameters of AWS4-HMAC-SHA256.",
      403,
    );
  }
  return {
    accessKey: keyParts.toReversed().join("/"),
    date,
    region,
    service,
    signedHeaders: signedHeaders.split(";"),
    signature,
  };
}
