/** A refusal in AWS's words; `code` is the exception name the SDKs switch on, `status` the HTTP status. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = "AwsError";
    this.code = code;
    this.status = status;
  }
}

/** A `ValidationException` (400), AWS's answer to a request that is well formed and not allowed. */
export function validationException(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
