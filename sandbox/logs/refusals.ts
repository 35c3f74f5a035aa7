import { AwsError } from "../aws-error.ts";

/** Values that are well formed and not allowed, alone or together. */
export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

/** A group that does not exist, or not yet: no container has written a line. */
export function noSuchGroup(): AwsError {
  return new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
}

/** A stream that the group does not have. */
export function noSuchStream(): AwsError {
  return new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
}

/** A filter pattern that cannot be read. */
export function invalidPattern(why = "Invalid filter pattern"): AwsError {
  return invalidParameter(why);
}

/** A page token that this service did not give, or not for this list. */
export function invalidToken(): AwsError {
  return invalidParameter("The specified nextToken is invalid.");
}
