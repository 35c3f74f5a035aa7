/** The request headers that say where a call comes from; null where absent. */
export type CallerHeaders = { host: string | null; origin: string | null; fetchSite: string | null };

/**
 * Whether a call comes from our own pages or from a program that is no browser. Another site's page can make a
 * browser send requests here, with our address and without asking; browsers mark those in `Sec-Fetch-Site` (Fetch
 * Metadata) and, for anything but a plain GET, in `Origin`. Programs such as curl send neither.
 * "same-site" is refused too: on localhost it means another port, thus another program.
 */
export function isSameSite({ host, origin, fetchSite }: CallerHeaders): boolean {
  if (fetchSite !== null && fetchSite !== "same-origin" && fetchSite !== "none") return false;
  return origin === null || (host !== null && hostOf(origin) === host.toLowerCase());
}

/** `Origin: null`, of isolated frames and some redirects, belongs to nobody. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
