import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { stampOf } from "./build-stamp.ts";
import type { Environment } from "./environment.ts";
import { NEXT, ROOT } from "./paths.ts";
import type { Program, Running } from "./program.ts";

const STAMP = join(ROOT, ".next", "source-stamp");

/** Builds unless the build that lies there was made of exactly these sources. */
export async function ensureBuild(options: {
  env: Environment;
  start: (program: Program) => Running;
  say: (sentence: string) => void;
}): Promise<Result<"built" | "current">> {
  const stamp = await stampOf(ROOT);
  if (await isCurrent(stamp)) return succeed("current");
  options.say("Building Sagescope. This happens once, and again after a change.");
  const build = options.start({
    name: "build",
    command: process.execPath,
    words: [NEXT, "build"],
    env: options.env,
    output: "keep",
  });
  const ending = await build.ended;
  if (ending.code !== 0) {
    return fail({ code: "unexpected", message: "The build failed.", detail: build.written() });
  }
  await writeFile(STAMP, await sealed(stamp));
  return succeed("built");
}

async function isCurrent(stamp: string) {
  const [written, expected] = await Promise.all([read(STAMP), sealed(stamp)]);
  return written === expected;
}

/** The stamp with Next's own name for the build beside it, so that a build made by hand is not taken for ours. */
async function sealed(stamp: string) {
  const id = await read(join(ROOT, ".next", "BUILD_ID"));
  return `${stamp} ${id ?? "none"}\n`;
}

function read(path: string) {
  return readFile(path, "utf8").catch(() => null);
}
