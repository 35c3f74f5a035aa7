import "server-only";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Peer, spawnPeer } from "./spawn-peer.ts";

/**
 * The local SageMaker as a peer of its own, with a state that nobody else has. `clock` 0 lets nothing take time. It ends
 * with the test's program, however that ends. Used by contract tests alone.
 */
export function spawnSandbox(clock = "0"): Promise<Peer> {
  const state = mkdtempSync(join(tmpdir(), "sagescope-sandbox-"));
  return spawnPeer({
    command: process.execPath,
    args: (port) => [
      ...["sandbox/start.mjs", "--port", `${port}`, "--clock", clock, "--fresh", "--state", state],
      ...["--parent", `${process.pid}`],
    ],
    probe: "/_sandbox/state",
  });
}
