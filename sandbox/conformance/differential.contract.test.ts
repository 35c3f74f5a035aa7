import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import EXPECTED from "./moto-differences.json" with { type: "json" };
import { hasBoto, isThere, runPython } from "./programs.ts";

const ready = (await hasBoto()) && (await isThere("moto_server", "--help"));

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

describe.skipIf(!ready)(`beside moto${ready ? "" : " (no moto_server)"}`, () => {
  let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
  let moto: ChildProcess;
  let url: string;

  beforeAll(async () => {
    sandbox = await startTestSandbox({ scale: 0, wall: Date.now });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    moto = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    const answers = () => fetch(`${url}/moto-api/`).then(({ status }) => status, String);
    await vi.waitFor(async () => expect(await answers()).toBe(200), { timeout: 20_000, interval: 100 });
  });
  afterAll(async () => {
    moto.kill();
    await once(moto, "exit");
    await sandbox.close();
  });

  test("the same script is answered the same, but for the differences that are known and explained", async () => {
    const found = await runPython<{ steps: number; differences: string[] }>("walk-with-moto.py", [
      sandbox.url,
      url,
    ]);
    expect(found.differences.sort()).toEqual(Object.keys(EXPECTED).sort());
    expect(found.steps).toBe(29);
  });
});
