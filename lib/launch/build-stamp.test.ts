import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isBuilt, stampOf } from "./build-stamp.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "stamp-"));
  await mkdir(join(root, "app", "api"), { recursive: true });
  await writeFile(join(root, "app", "page.tsx"), "page");
  await writeFile(join(root, "package-lock.json"), "{}");
});
afterEach(() => rm(root, { recursive: true }));

test("the same sources have the same stamp", async () => {
  expect(await stampOf(root)).toBe(await stampOf(root));
});

test.each([
  ["an edit", "app/page.tsx", "pagE"],
  ["a new file", "app/api/route.ts", ""],
  ["other packages", "package-lock.json", "{ }"],
])("%s changes it", async (_what, path, text) => {
  const before = await stampOf(root);
  await writeFile(join(root, path), text);
  expect(await stampOf(root)).not.toBe(before);
});

test("a move changes it, though every byte is still there", async () => {
  const before = await stampOf(root);
  await rm(join(root, "app", "page.tsx"));
  await writeFile(join(root, "app", "layout.tsx"), "page");
  expect(await stampOf(root)).not.toBe(before);
});

test.each([
  ["lib/launch/start.ts", false],
  ["lib/wire/parse-stream.test.ts", false],
  ["lib/README.md", false],
  ["lib/wire/parse-stream.ts", true],
  ["app/globals.css", true],
])("%s asks for a new build: %s", (path, expected) => {
  expect(isBuilt(path)).toBe(expected);
});
