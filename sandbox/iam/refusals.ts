import { AwsError } from "../aws-error.ts";

/** Something of this kind does not exist; IAM answers it with 404. */
export function noSuchEntity(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, 404);
}

/** A value that is well formed and means nothing here. */
export function invalidInput(message: string): AwsError {
  return new AwsError("InvalidInput", message);
}
