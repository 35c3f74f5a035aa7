import { type NextRequest, NextResponse } from "next/server";
import { parseHosts, refusalOf } from "#lib/gate/admit.ts";
import { contentSecurityPolicy, STANDING_HEADERS } from "#lib/gate/page-headers.ts";

/** Every request passes here first, files and server actions included: there is no matcher to fall through. */
export function proxy(request: NextRequest) {
  const { headers } = request;
  const environment = readEnvironment();
  const refusal = refusalOf(
    {
      method: request.method,
      host: headers.get("host"),
      origin: headers.get("origin"),
      fetchSite: headers.get("sec-fetch-site"),
    },
    parseHosts(environment.ownHosts),
  );
  if (refusal !== undefined) {
    return new NextResponse(`${refusal}\n`, {
      status: 403,
      headers: { ...STANDING_HEADERS, "Content-Type": "text/plain; charset=utf-8" },
    });
  }

  const nonce = crypto.randomUUID().replaceAll("-", "");
  const policy = contentSecurityPolicy(nonce, environment.isReloading);
  // Next reads the nonce from the request's own policy and puts it on the scripts it writes.
  const passedOn = new Headers(headers);
  passedOn.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers: passedOn } });
  for (const [name, value] of Object.entries(STANDING_HEADERS)) response.headers.set(name, value);
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

function readEnvironment() {
  // biome-ignore lint/style/noProcessEnv: Next runs this file beside the app, and this is its one look outside.
  const { NODE_ENV, PORT = "3000", SAGESCOPE_ALLOWED_HOSTS } = process.env;
  // Without the launcher's word, a server started by hand still has its three names on this machine.
  const standard = `127.0.0.1:${PORT},localhost:${PORT},[::1]:${PORT}`;
  return { isReloading: NODE_ENV === "development", ownHosts: SAGESCOPE_ALLOWED_HOSTS ?? standard };
}
