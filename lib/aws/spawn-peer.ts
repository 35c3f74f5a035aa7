import "server-only";
import { spawn } from "node:child_process";
import { createServer } from "node:net";

export type Peer = { url: string; stop: () => Promise<void> };

/**
 * Starts another program that speaks AWS's protocols and waits until it answers. Used by contract tests alone: a
 * peer is a program at an address, never code of ours. Throws when it ends or stays silent.
 */
export async function spawnPeer({
  command,
  args,
  probe,
}: {
  command: string;
  args: (port: number) => string[];
  /** A path that answers 200 as soon as the peer is up. */
  probe: string;
}): Promise<Peer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(command, args(port), { stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  let end: string | null = null;
  child.stderr.on("data", (chunk) => {
    words = `${words}${chunk}`.slice(-2_000);
  });
  const ended = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      end = error.message;
      resolve();
    });
    child.once("exit", (code) => {
      end = `exit ${code}`;
      resolve();
    });
  });
  const deadline = Date.now() + 30_000;
  while (!(await answers(`${url}${probe}`))) {
    if (end !== null || Date.now() > deadline) {
      child.kill();
      throw new Error(`${command} did not start (${end ?? "no answer"}): ${words}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // Not up yet.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
