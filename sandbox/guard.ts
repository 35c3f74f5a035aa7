import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

/**
 * Why a request may not come in, or undefined where it may. A page in a browser can make a foreign name point
 * to this machine (DNS rebinding), so only addresses and this machine's own names are taken as Host.
 */
export function refuseForeign(headers: IncomingHttpHeaders, host: string): string | undefined {
  const name = hostName(headers.host ?? "");
  if (name === undefined || !(isIP(name) !== 0 || name === "localhost" || name === host)) {
    return "The Host header is not one of this sandbox.";
  }
  const origin = headers.origin;
  // SDKs send no Origin; a page always does where it could do harm.
  if (origin !== undefined && origin !== `http://${headers.host}`) {
    return "Requests from web pages of another origin are refused.";
  }
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none"
    ? "Requests from web pages of another site are refused."
    : undefined;
}

function hostName(host: string): string | undefined {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([a-zA-Z0-9.-]+))(?::\d+)?$/.exec(host);
  return match?.[1] ?? match?.[2]?.toLowerCase();
}
