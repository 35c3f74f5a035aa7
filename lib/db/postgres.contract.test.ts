import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deleteRun, listTags, markRun, restoreRun } from "./change-run.ts";
import { listFamily } from "./list-family.ts";
import { listRuns } from "./list-runs.ts";
import { type OpenDatabase, openDatabase } from "./open-database.ts";
import { beginTestRun, FILES } from "./open-test-database.ts";
import { finishRun, readRunLines } from "./record-run.ts";

const run = promisify(execFile);
// PostgreSQL refuses to run as root.
const NOBODY = 65_534;
const person = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
const isThere = await run("postgres", ["--version"]).then(
  () => true,
  () => false,
);
const PARENT = "1f0c6ac1-7c3e-4f0e-9d5e-0a4a3c9b1d11";

describe.skipIf(!isThere)(`a PostgreSQL server${isThere ? "" : " (skipped: no postgres)"}`, () => {
  let server: ReturnType<typeof spawn>;
  let url = "";
  let open: OpenDatabase;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "sagescope-postgres-"));
    if (person.uid !== undefined) chownSync(folder, NOBODY, NOBODY);
    const data = join(folder, "data");
    await run("initdb", ["-D", data, "-U", "tester", "-A", "trust", "--no-sync"], { ...person, cwd: folder });
    const port = await freePort();
    const words = ["-D", data, "-p", `${port}`, "-h", "127.0.0.1", "-k", folder, "-F"];
    server = spawn("postgres", words, { ...person, cwd: folder, stdio: "ignore" });
    url = `postgres://tester@127.0.0.1:${port}/postgres`;
    open = await openWhenReady(url);
  }, 60_000);
  afterAll(async () => {
    await open?.close();
    server?.kill("SIGINT");
    if (server) await once(server, "exit");
  });

  test("keeps, finds, marks and brings back runs as the embedded one does", async () => {
    await beginTestRun(open, { id: PARENT, promptText: "Why walk? \0" });
    await beginTestRun(open, { id: "child", parentId: PARENT, origin: { kind: "reply", parentId: PARENT } });
    const summary = {
      finishReason: null,
      failure: null,
      tokens: 2,
      requests: 1,
      elapsedMs: 1,
      firstTokenMs: 1,
    };
    const ending = {
      ...summary,
      status: "finished" as const,
      generatedText: "Health\ud800",
      confidence: 0.5,
      countedTokens: 2,
      jointLogProb: -0.25,
      meanLogProb: -0.125,
      bitsPerByte: 0.03,
    };
    await finishRun(open.database, PARENT, ending, '{"a":1}\n');
    expect(await readRunLines(open.database, PARENT)).toBe('{"a":1}\n');
    expect((await listRuns(open.database, { search: "HEALTH walk", limit: 9 })).runs).toHaveLength(1);
    expect(await markRun(open.database, PARENT, { tags: ["keep"] })).toMatchObject({ ok: true });
    expect(await listTags(open.database)).toEqual([{ tag: "keep", runs: 1 }]);
    expect((await listFamily(open.database, "child")).map(({ id }) => id).toSorted()).toEqual([
      PARENT,
      "child",
    ]);
    await deleteRun(open.database, PARENT, new Date());
    expect((await listFamily(open.database, "child")).map(({ id }) => id)).toEqual(["child"]);
    expect(await restoreRun(open.database, PARENT)).toMatchObject({ ok: true, value: { confidence: 0.5 } });
  });

  test("is opened again without a second migration", async () => {
    const again = await openDatabase({ url, folder: "", files: FILES });
    expect((await listRuns(again.database, { limit: 9 })).runs).toHaveLength(2);
    await again.close();
  });
});

async function openWhenReady(url: string): Promise<OpenDatabase> {
  for (let left = 100; ; left -= 1) {
    try {
      return await openDatabase({ url, folder: "", files: FILES });
    } catch (error) {
      if (left === 0) throw error;
      await sleep(200);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("a listening server has no port"));
      });
    });
  });
}
