import "server-only";
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

const LOOKUP_TIMEOUT_MS = 1_000;

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/**
 * Whether a host name or address leads back to this machine. A name that cannot be resolved in a second does
 * not: showing a paid place as local would be the worse mistake.
 */
export async function isLoopback(hostname: string): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (isIP(host)) return isLoopbackAddress(host);
  if (host === "localhost" || host.endsWith(".localhost")) return true;
  // Asking the network about AWS's own names would only delay the top bar.
  if (/\.amazonaws\.com(\.cn)?$/.test(host)) return false;
  const addresses = await Promise.race([lookup(host, { all: true }).catch(() => []), nothingAfterTimeout()]);
  return addresses.length > 0 && addresses.every(({ address }) => isLoopbackAddress(address));
}

function isLoopbackAddress(address: string): boolean {
  return LOOPBACK.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

function nothingAfterTimeout(): Promise<{ address: string }[]> {
  return new Promise((resolve) => {
    setTimeout(resolve, LOOKUP_TIMEOUT_MS, []).unref();
  });
}
