import { AwsError } from "../aws-error.ts";

/** A value that AWS would not take, named with its parameter. */
export function invalidValue(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}

/** Values that are fine alone and not together. */
export function invalidCombination(message: string): AwsError {
  return new AwsError("InvalidParameterCombinationException", message);
}

/** A page token that this service did not give. */
export function invalidNextToken(): AwsError {
  return new AwsError("InvalidNextToken", "The next token specified is invalid.");
}

/** What AWS offers and this sandbox does not. */
export function notEmulated(what: string): AwsError {
  return new AwsError("ValidationException", `${what}: not emulated by this sandbox.`);
}

// CloudWatch's names in the Query protocol, which clients of the JSON protocol still go by (`x-amzn-query-mode`).
const QUERY_CODES: Readonly<Record<string, string>> = {
  InvalidParameterValueException: "InvalidParameterValue",
  InvalidParameterCombinationException: "InvalidParameterCombination",
  ValidationException: "ValidationError",
};

/** The value of `x-amzn-query-error` for a refusal. */
export function queryError(error: AwsError): string {
  return `${QUERY_CODES[error.code] ?? error.code};${error.status >= 500 ? "Receiver" : "Sender"}`;
}
