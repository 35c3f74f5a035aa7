import type { Failure } from "#lib/failure.ts";
import { isSameSite } from "#lib/gate/is-same-site.ts";

const FAILURE: Failure = {
  code: "not-allowed",
  message: "Another web site tried to use this Sagescope.",
  hint: "Open Sagescope itself, or call it from a program without an Origin header.",
};

/** A 403 for calls that a browser makes on behalf of another site, or null where the call may go on. */
export function refuseCrossSite({ headers }: Request): Response | null {
  const caller = {
    host: headers.get("host"),
    origin: headers.get("origin"),
    fetchSite: headers.get("sec-fetch-site"),
  };
  return isSameSite(caller) ? null : Response.json({ failure: FAILURE }, { status: 403 });
}
