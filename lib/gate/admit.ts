/** What of a request decides whether it is let in; header values are null where there is none. */
export type Knock = {
  method: string;
  host: string | null;
  origin: string | null;
  fetchSite: string | null;
};

const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Undefined when a request may come in, otherwise the sentence it is refused with.
 *
 * The server holds a person's AWS credentials and asks nobody for a password: what keeps other sites' pages out is
 * that they cannot reach us under a name of ours (DNS rebinding) and cannot change anything from an origin of theirs
 * (request forgery). Programs without an origin, such as curl, are the person's own.
 */
export function refusalOf(knock: Knock, ownHosts: ReadonlySet<string>): string | undefined {
  if (knock.host === null || !ownHosts.has(knock.host.toLowerCase())) {
    return "This server does not answer to that name. Open it by the address it printed when it started.";
  }
  if (READING.has(knock.method.toUpperCase())) return undefined;
  const isForeign = knock.origin === null ? isFromElsewhere(knock.fetchSite) : !isOwn(knock.origin, ownHosts);
  return isForeign ? "A page of another site may not change anything here." : undefined;
}

/** The list of our own names, as it stands in the environment: separated by commas. */
export function parseHosts(text: string): ReadonlySet<string> {
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  return new Set(names.filter((name) => name !== ""));
}

function isOwn(origin: string, ownHosts: ReadonlySet<string>) {
  // "null" is what sandboxed frames and redirects send; it is nobody's address.
  return URL.canParse(origin) && ownHosts.has(new URL(origin).host);
}

function isFromElsewhere(fetchSite: string | null) {
  return fetchSite !== null && fetchSite !== "same-origin" && fetchSite !== "none";
}
