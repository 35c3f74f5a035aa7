import { hostname, networkInterfaces } from "node:os";

const EVERYWHERE = new Set(["0.0.0.0", "::", "[::]"]);
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Whether only this machine can reach a server that listens there. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * The values of `Host` that mean us: anything else is another site's page that reached us through a name of its
 * own (DNS rebinding).
 */
export function ownHosts(host: string, port: number, machine = namesOfMachine()): string[] {
  const names = EVERYWHERE.has(host) ? [...LOOPBACK, ...machine] : [...LOOPBACK, bracket(host)];
  const hosts = names.map((name) => `${name.toLowerCase()}:${port}`);
  // A browser leaves out the port that http means anyway.
  return [...new Set(port === 80 ? [...hosts, ...names.map((name) => name.toLowerCase())] : hosts)];
}

/** The address to print: one that a browser on this machine can open. */
export function addressOf(host: string, port: number): string {
  return `http://${EVERYWHERE.has(host) ? "127.0.0.1" : bracket(host)}:${port}`;
}

function namesOfMachine() {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return [hostname(), ...addresses.map(({ address }) => bracket(address.replace(/%.*$/, "")))];
}

function bracket(host: string) {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
