import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { decompress } from "./compress.ts";
import { archiveKey, digestOf, packModel, readModelArchive } from "./model-archive.ts";
import { pathProblem, readTar, writeTar } from "./tar.ts";

const FILES = { properties: "engine=MPI\n", modelPy: "def handle(inputs): ...\n", requirements: null };
const bytes = (text: string) => new TextEncoder().encode(text);

it("packs the same bytes each time, and reads them back", () => {
  const packed = packModel(FILES);
  expect(packModel({ ...FILES })).toEqual(packed);
  expect([...packed.slice(4, 8)]).toEqual([0, 0, 0, 0]);
  expect(readModelArchive(packed)).toEqual({ ok: true, value: { ...FILES, others: [] } });
});

it("is what GNU tar unpacks, and unpacks what GNU tar packs", () => {
  inFolder((folder) => {
    writeFileSync(join(folder, "a.tar.gz"), packModel(FILES));
    expect(execFileSync("tar", ["-tzf", "a.tar.gz"], { cwd: folder, encoding: "utf8" })).toBe(
      "model.py\nserving.properties\n",
    );
    execFileSync("tar", ["-xzf", "a.tar.gz"], { cwd: folder });
    expect(readFileSync(join(folder, "model.py"), "utf8")).toBe(FILES.modelPy);
    const long = `${"x".repeat(120)}.txt`;
    writeFileSync(join(folder, long), "more");
    execFileSync("tar", ["-czf", "b.tar.gz", "./serving.properties", "./model.py", long], { cwd: folder });
    expect(readModelArchive(readFileSync(join(folder, "b.tar.gz")))).toEqual({
      ok: true,
      value: { ...FILES, others: [long] },
    });
    symlinkSync("/etc/passwd", join(folder, "link"));
    execFileSync("tar", ["-czf", "c.tar.gz", "serving.properties", "link"], { cwd: folder });
    expect(messageOf(readFileSync(join(folder, "c.tar.gz")))).toContain("link");
  });
});

it("names an archive by its content, as sha256sum does", async () => {
  const packed = packModel(FILES);
  const digest = await digestOf(packed);
  expect(digest).toBe(createHash("sha256").update(packed).digest("hex"));
  expect(archiveKey("/models/", digest)).toBe(`models/${digest}/model.tar.gz`);
  expect(archiveKey("", digest)).toBe(`${digest}/model.tar.gz`);
});

it("refuses what is hostile, cut or damaged, each with its reason", () => {
  const tar = (path: string) => gzipSync(writeTar([{ path, bytes: bytes("a") }]));
  expect(messageOf(tar("../serving.properties"))).toContain("leads out");
  expect(messageOf(tar("/serving.properties"))).toContain("absolute");
  expect(messageOf(tar("model/serving.properties"))).toContain("at the root");
  expect(messageOf(tar("other.txt"))).toContain("no serving.properties");
  expect(messageOf(bytes("PK zip"))).toContain("gzip");
  expect(messageOf(gzipSync(bytes("no tar".repeat(200))))).toContain("not a tar");
  expect(messageOf(packModel(FILES).slice(0, 60))).toMatch(/cut short|damaged/);
  expect(messageOf(gzipSync(new Uint8Array(80 * 2 ** 20)))).toContain("64 MiB");
  const twice = writeTar([{ path: "a", bytes: bytes("1") }]).slice(0, 1_024);
  expect(readTar(new Uint8Array([...twice, ...twice, ...new Uint8Array(1_024)]))).toMatchObject({
    ok: false,
  });
  expect(pathProblem("a\\b")).not.toBeNull();
  expect(decompress(gzipSync(bytes("abc")), 2)).toMatchObject({ ok: false });
});

function messageOf(archive: Uint8Array): string {
  const read = readModelArchive(archive);
  return read.ok ? expect.fail("was read") : read.failure.message;
}

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "archive-"));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
