import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { RunSummary } from "#lib/history/summarize-run.ts";
import { deleteRun, getRun, listTags, markRun, restoreRun } from "./change-run.ts";
import { listFamily } from "./list-family.ts";
import { listRuns } from "./list-runs.ts";
import { type OpenDatabase, openDatabase } from "./open-database.ts";
import { beginTestRun, FILES, openTestDatabase } from "./open-test-database.ts";
import { appendRunLines, finishRun, markInterrupted, readRunLines } from "./record-run.ts";

const ENDING: RunSummary = {
  status: "finished",
  finishReason: { raw: "length", kind: "length" },
  failure: null,
  generatedText: "Deep Learning",
  tokens: 2,
  requests: 1,
  elapsedMs: 131.5,
  firstTokenMs: 41.25,
  confidence: 0.875,
  countedTokens: 2,
  jointLogProb: -0.25,
  meanLogProb: -0.125,
  bitsPerByte: 0.03,
};

const PARENT = "1f0c6ac1-7c3e-4f0e-9d5e-0a4a3c9b1d11";

let open: OpenDatabase;
beforeAll(async () => {
  open = await openTestDatabase();
});
afterAll(() => open.close());

async function idsOf(filter: Partial<Parameters<typeof listRuns>[1]>): Promise<string[]> {
  const { runs } = await listRuns(open.database, { limit: 100, ...filter });
  return runs.map(({ id }) => id);
}

describe("a run", () => {
  test("is there from its beginning, and whole when it is over", async () => {
    await beginTestRun(open, { id: "whole", parentId: PARENT, origin: { kind: "retry", parentId: PARENT } });
    await appendRunLines(open.database, "whole", 0, '{"a":1}\n');
    await appendRunLines(open.database, "whole", 1, '{"b":2}\n');
    expect(await getRun(open.database, "whole")).toMatchObject({ value: { status: "running", tokens: 0 } });
    expect(await readRunLines(open.database, "whole")).toBe('{"a":1}\n{"b":2}\n');
    await finishRun(open.database, "whole", ENDING, '{"a":1}\n{"b":2}\n{"c":3}\n');
    const found = await getRun(open.database, "whole");
    expect(found).toMatchObject({
      ok: true,
      value: {
        ...ENDING,
        createdAt: new Date(1_700_000_000_000),
        origin: { kind: "retry", parentId: PARENT },
        parentId: PARENT,
      },
    });
    expect(await readRunLines(open.database, "whole")).toBe('{"a":1}\n{"b":2}\n{"c":3}\n');
  });

  test("may hold what PostgreSQL's text cannot", async () => {
    const request = { endpointName: "demo", prompt: "a\0b\ud800", parameters: { stopSequences: ["\0"] } };
    await beginTestRun(open, { id: "odd", promptText: "a\0b\ud800", request });
    await finishRun(open.database, "odd", { ...ENDING, generatedText: "\0" }, '{"text":"\\u0000"}\n');
    expect(await getRun(open.database, "odd")).toMatchObject({
      value: { request, promptText: "a\u2400b\ufffd", generatedText: "\u2400" },
    });
    expect(await readRunLines(open.database, "odd")).toBe('{"text":"\\u0000"}\n');
  });

  test("is marked without touching the rest", async () => {
    await beginTestRun(open, { id: "marked" });
    await appendRunLines(open.database, "marked", 0, "x\n");
    await markRun(open.database, "marked", { starred: true, tags: ["demo", "b"] });
    expect(await markRun(open.database, "marked", { notes: "good" })).toMatchObject({
      value: { starred: true, tags: ["demo", "b"], notes: "good", status: "running" },
    });
    expect(await listTags(open.database)).toEqual([
      { tag: "b", runs: 1 },
      { tag: "demo", runs: 1 },
    ]);
  });

  test("that was deleted can be brought back for an hour, and is then gone with its lines", async () => {
    await beginTestRun(open, { id: "gone" });
    await appendRunLines(open.database, "gone", 0, "x\n");
    await markRun(open.database, "gone", { tags: ["gone"] });
    const noon = new Date(1_900_000_000_000);
    await deleteRun(open.database, "gone", noon);
    expect(await getRun(open.database, "gone")).toMatchObject({ failure: { code: "not-found" } });
    expect(await markRun(open.database, "gone", { starred: true })).toMatchObject({ ok: false });
    expect(await idsOf({ tag: "gone" })).toEqual([]);
    expect((await listTags(open.database)).map(({ tag }) => tag)).not.toContain("gone");
    expect(await restoreRun(open.database, "gone")).toMatchObject({ ok: true, value: { tags: ["gone"] } });
    expect(await idsOf({ tag: "gone" })).toEqual(["gone"]);

    await deleteRun(open.database, "gone", noon);
    await deleteRun(open.database, "nobody", new Date(noon.getTime() + 3_600_001));
    expect(await restoreRun(open.database, "gone")).toMatchObject({ failure: { code: "not-found" } });
    expect(await readRunLines(open.database, "gone")).toBe("");
  });

  test("has a family that a deletion in the middle does not tear", async () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((last) => `1f0c6ac1-7c3e-4f0e-9d5e-0a4a3c9b1d2${last}`);
    const child = (id = "", parentId = "") =>
      beginTestRun(open, { id, parentId, origin: { kind: "reply", parentId } });
    await beginTestRun(open, { id: a ?? "" });
    await child(b, a);
    await child(c, b);
    await child(d, a);
    const family = async (id = "") => (await listFamily(open.database, id)).map((run) => run.id);
    expect(await family(c)).toEqual([a, b, c, d]);
    await deleteRun(open.database, b ?? "", new Date());
    expect(await family(a)).toEqual([a, c, d]);
    expect(await family(c)).toEqual([a, c, d]);
    expect(await family("nobody")).toEqual([]);
  });
});

describe("the history", () => {
  beforeAll(async () => {
    for (let index = 0; index < 7; index += 1) {
      await beginTestRun(open, {
        id: `h${index}`,
        endpointName: index % 2 === 0 ? "even" : "odd-ones",
        promptText: `walk number ${index} of 100%`,
        // Pairs begin in the same millisecond.
        createdAt: new Date(1_800_000_000_000 + Math.floor(index / 2)),
      });
    }
    await finishRun(open.database, "h3", { ...ENDING, generatedText: "Berlin_East" }, "");
    await markRun(open.database, "h5", { starred: true, tags: ["keep"], notes: "about Berlin" });
  });

  test("comes newest first and in pages without a loss", async () => {
    const seen: string[] = [];
    let before: { createdAt: Date; id: string } | undefined;
    for (;;) {
      const page = await listRuns(open.database, { search: "walk number", limit: 3, before });
      seen.push(...page.runs.map(({ id }) => id));
      before = page.runs.at(-1);
      if (!page.more) break;
    }
    expect(seen).toEqual(["h6", "h5", "h4", "h3", "h2", "h1", "h0"]);
  });

  test.each([
    [{ search: "BERLIN" }, ["h5", "h3"]],
    [{ search: "berlin walk" }, ["h5", "h3"]],
    [{ search: "100%" }, ["h6", "h5", "h4", "h3", "h2", "h1", "h0"]],
    [{ search: "n_E" }, ["h3"]],
    [{ endpointName: "even" }, ["h6", "h4", "h2", "h0"]],
    [{ tag: "keep" }, ["h5"]],
    [{ starred: true, search: "walk" }, ["h5"]],
    [{ search: "nobody said this" }, []],
  ])("is narrowed by %j", async (filter, expected) => {
    expect(await idsOf(filter)).toEqual(expected);
  });

  test("says of runs whose server died that they were interrupted", async () => {
    expect(await markInterrupted(open.database, new Date(1_800_000_000_002))).toBeGreaterThan(0);
    expect(await getRun(open.database, "h1")).toMatchObject({ value: { status: "interrupted" } });
    expect(await getRun(open.database, "h6")).toMatchObject({ value: { status: "running" } });
    expect(await getRun(open.database, "h3")).toMatchObject({ value: { status: "finished" } });
  });
});

test("a kill loses nothing that was written down", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "sagescope-kill-")), "pglite");
  const program = fileURLToPath(new URL("./record-until-killed.ts", import.meta.url));
  const victim = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", program, folder, FILES],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => void victim.kill("SIGKILL"));
  let last = -1;
  victim.stdout.on("data", (bytes: Buffer) => {
    last = Number(bytes.toString().trim().split("\n").at(-1));
    if (last >= 20) victim.kill("SIGKILL");
  });
  await once(victim, "exit");
  const again = await openDatabase({ url: null, folder, files: FILES });
  const { runs } = await listRuns(again.database, { limit: 1_000 });
  const finished = runs.filter(({ status }) => status === "finished").map(({ id }) => Number(id));
  for (let id = 0; id <= last; id += 1) expect(finished).toContain(id);
  await again.close();
}, 180_000);
