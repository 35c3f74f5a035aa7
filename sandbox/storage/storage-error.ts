import { AwsError } from "../aws-error.ts";
import { element } from "../xml.ts";

/** A refusal in S3's words; `details` are elements that S3 puts beside the message. */
export function storageError(
  code: string,
  status: number,
  message: string,
  details: Readonly<Record<string, string>> = {},
): StorageError {
  return new StorageError(code, message, status, details);
}

class StorageError extends AwsError {
  readonly details: Readonly<Record<string, string>>;

  constructor(code: string, message: string, status: number, details: Readonly<Record<string, string>>) {
    super(code, message, status);
    this.details = details;
  }
}

/** The body of a refusal. */
export function errorXml(error: AwsError, resource: string, requestId: string): string {
  const details = error instanceof StorageError ? error.details : {};
  const fields = { Code: error.code, Message: error.message, ...details, Resource: resource };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("Error", { ...fields, RequestId: requestId })}`;
}

/** What a refusal says in its headers: HEAD has no body, and SDKs look here for a bucket's own region. */
export function errorHeaders(error: AwsError): Record<string, string> {
  const region = error instanceof StorageError ? error.details.Region : undefined;
  return region === undefined ? {} : { "x-amz-bucket-region": region };
}

export function noSuchBucket(bucket: string): AwsError {
  return storageError("NoSuchBucket", 404, "The specified bucket does not exist", { BucketName: bucket });
}

export function noSuchKey(key: string): AwsError {
  return storageError("NoSuchKey", 404, "The specified key does not exist.", { Key: key });
}

export function malformedXml(): AwsError {
  const message = "The XML you provided was not well-formed or did not validate against our published schema";
  return storageError("MalformedXML", 400, message);
}

export function invalidArgument(message: string, name: string, value: string): AwsError {
  return storageError("InvalidArgument", 400, message, { ArgumentName: name, ArgumentValue: value });
}
