import "server-only";
import type { Failure } from "#lib/failure.ts";
import type { AwsError } from "./aws-error.ts";

/** Trouble between us and the host, by Node's error code; null where the code is of another kind. */
export function networkFailure(error: AwsError): Failure | null {
  switch (error.code) {
    case "ECONNREFUSED":
      return {
        code: "unreachable",
        message: `Nothing answers at ${placeOf(error)}.`,
        hint: "The program there is not running, or an AWS_ENDPOINT_URL variable points at the wrong place.",
      };
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_NODATA":
      return {
        code: "unreachable",
        message: `The name ${error.hostname ?? "of the host"} cannot be resolved.`,
        hint: "Check the network connection, and that the region in the top bar exists.",
      };
    case "ENETUNREACH":
    case "EHOSTUNREACH":
    case "ENETDOWN":
      return {
        code: "unreachable",
        message: "There is no network path to AWS.",
        hint: "Check the network connection, the VPN and the proxy settings of this machine.",
      };
    case "ETIMEDOUT":
      return timeoutFailure();
    case "ECONNRESET":
    case "EPIPE":
    case "ECONNABORTED":
      return {
        code: "unreachable",
        message: "The connection was cut before an answer came.",
        hint: "Try again; if it happens each time, look at proxies and firewalls in between.",
      };
    default:
      return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(error.code ?? "")
        ? {
            code: "unreachable",
            message: "The host's certificate is not trusted.",
            hint: "A proxy may be re-signing the connection: set NODE_EXTRA_CA_CERTS to its certificate and restart.",
          }
        : null;
  }
}

export function timeoutFailure(): Failure {
  return {
    code: "unreachable",
    message: "AWS did not answer in time.",
    hint: "Check the network connection, then try again.",
  };
}

function placeOf(error: AwsError): string {
  if (!error.address) return "the configured host";
  return error.port ? `${error.address}:${error.port}` : error.address;
}
