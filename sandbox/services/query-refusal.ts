import type { AwsError } from "../aws-error.ts";

/** The Query services have names of their own for what JSON services call otherwise. */
const CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  ExpiredTokenException: "ExpiredToken",
  InvalidSignatureException: "SignatureDoesNotMatch",
  MissingAuthenticationTokenException: "MissingAuthenticationToken",
  ThrottlingException: "Throttling",
  UnknownOperationException: "InvalidAction",
  UnrecognizedClientException: "InvalidClientTokenId",
  ValidationException: "ValidationError",
};

/** A refusal as the services of the Query protocol, STS and IAM, word it in XML. */
export function queryRefusal(error: AwsError, requestId: string): string {
  const message = error.message.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const type = error.status >= 500 ? "Receiver" : "Sender";
  // Clients do not look at the namespace of an error.
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>${type}</Type><Code>${CODES[error.code] ?? error.code}</Code><Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}
