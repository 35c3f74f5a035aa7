import { createServer } from "node:net";
import { fail, type Result, succeed } from "#lib/failure.ts";

/** Where the app is when nobody says otherwise. */
export const DEFAULT_PORT = 3000;
const TRIES = 100;

export type PortProbe = (port: number) => Promise<boolean>;

/** The port to listen on, and a sentence where it is not the usual one. */
export async function choosePort(
  asked: number | undefined,
  isFree: PortProbe,
): Promise<Result<{ port: number; remark?: string }>> {
  if (asked !== undefined) {
    if (await isFree(asked)) return succeed({ port: asked });
    return fail({ code: "conflict", message: `Port ${asked} is taken by another program.` });
  }
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + TRIES; port += 1) {
    if (!(await isFree(port))) continue;
    if (port === DEFAULT_PORT) return succeed({ port });
    return succeed({ port, remark: `Port ${DEFAULT_PORT} is taken; using ${port}.` });
  }
  return fail({
    code: "conflict",
    message: `Ports ${DEFAULT_PORT} to ${DEFAULT_PORT + TRIES - 1} are all taken. Free one, or name another with --port.`,
  });
}

/** Whether a server could listen there now. An address that is not this machine's throws. */
export function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A port of the system's choosing, for a server that only our own programs talk to. */
export function anyFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port: 0, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("a listening server has no port"));
      });
    });
  });
}
