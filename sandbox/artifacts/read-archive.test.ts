import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readArchive } from "./read-archive.ts";
import { readProperties } from "./read-properties.ts";

const LONG = `${"n".repeat(150)}.bin`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "archive-"));
  writeFileSync(join(folder, "serving.properties"), "engine=MPI\noption.a=1\n");
  writeFileSync(join(folder, "model.py"), "");
  writeFileSync(join(folder, LONG), Buffer.alloc(70_000, "x"));
  mkdirSync(join(folder, "deep"));
  writeFileSync(join(folder, "deep", "serving.properties"), "option.a=2\n");
  symlinkSync("/etc/passwd", join(folder, "link"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What GNU tar makes of the arguments. */
function pack(...args: string[]): Buffer {
  execFileSync("tar", ["-czf", "made.tar.gz", ...args], { cwd: folder, stdio: "ignore" });
  return readFileSync(join(folder, "made.tar.gz"));
}

/** Hands the bytes over in pieces that fit neither blocks nor members. */
async function* cut(bytes: Uint8Array, size = 301) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe("an archive", () => {
  test.each([["--format=ustar"], ["--format=gnu"], ["--format=pax"]])(
    "made with %s is looked through",
    async (format) => {
      const long = format === "--format=ustar" ? [] : [LONG];
      const bytes = pack(format, ...long, "deep", "./serving.properties", "model.py");
      expect(await readArchive(cut(bytes))).toEqual({
        ok: true,
        root: { properties: "engine=MPI\noption.a=1\n", hasHandler: true },
      });
    },
  );

  test("with its configuration in a folder alone has none", async () => {
    expect(await readArchive(cut(pack("deep")))).toEqual({
      ok: true,
      root: { properties: undefined, hasHandler: false },
    });
  });

  test.each([
    ["a link", ["serving.properties", "link"], /link: Links/],
    ["an absolute path", ["-P", "--transform=s,^,/etc/,", "model.py"], /Absolute/],
    ["a path that leads out", ["-P", "--transform=s,^,../,", "model.py"], /contains '\.\.'/],
    ["a device", ["-P", "/dev/null"], /Not a regular file/],
  ])("with %s is refused", async (_what, args, why) => {
    expect(await readArchive(cut(pack(...args)))).toEqual({
      ok: false,
      trouble: "broken",
      why: expect.stringMatching(why),
    });
  });

  test("that is none, or is damaged or cut short, is refused", async () => {
    const good = pack("serving.properties", LONG);
    const tar = gunzipSync(good);
    const flipped = Buffer.from(tar);
    flipped[3] = 0x21;
    for (const bytes of [
      Buffer.from("PK\u0003\u0004 a zip with another name"),
      Buffer.alloc(0),
      good.subarray(0, good.length - 20),
      gzipSync(flipped),
      gzipSync(tar.subarray(0, 1_400)),
      gzipSync("no tar at all"),
    ]) {
      expect(await readArchive(cut(bytes))).toMatchObject({ ok: false, trouble: "broken" });
    }
  });

  test("that unpacks to more than there is room for is left alone", async () => {
    const bytes = pack("serving.properties", LONG);
    const full = { ok: false, trouble: "too-large" };
    expect(await readArchive(cut(bytes), { bytes: 60_000, entries: 10 })).toMatchObject(full);
    expect(await readArchive(cut(bytes), { bytes: 600_000, entries: 1 })).toMatchObject(full);
    expect(await readArchive(cut(bytes), { bytes: 600_000, entries: 10 })).toMatchObject({ ok: true });
  });
});

test("serving.properties is read as Java reads it", () => {
  const text = [
    "# a comment",
    "  ! another",
    "engine = MPI ",
    "option.model_id:org/name",
    "option.dtype fp16",
    "option.long=a,\\",
    "   b",
    "option.path=C\\:\\\\x\\u0041",
    "option.empty=",
    "option.twice=1\r\noption.twice=2",
  ].join("\n");
  expect(readProperties(text)).toEqual({
    engine: "MPI",
    "option.model_id": "org/name",
    "option.dtype": "fp16",
    "option.long": "a,b",
    "option.path": "C:\\xA",
    "option.empty": "",
    "option.twice": "2",
  });
});
