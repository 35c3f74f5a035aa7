import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

// What a build is made of. The commands, the bench and the tests are in no bundle.
const SOURCES = ["app", "components", "lib", "public"];
const SINGLE_FILES = [
  "proxy.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
const NOT_BUILT = /^lib\/(launch|bench)\/|\.test\.tsx?$|\/fixtures\/|\.md$/;

/** Whether a change of this file asks for a new build. */
export function isBuilt(path: string): boolean {
  return !NOT_BUILT.test(path);
}

/** One line that changes whenever a build of the tree would. */
export async function stampOf(root: string): Promise<string> {
  const listed = await Promise.all(SOURCES.map((folder) => listFiles(root, folder)));
  const paths = [...listed.flat().filter(isBuilt), ...SINGLE_FILES].sort();
  const hash = createHash("sha256");
  for (const path of paths) {
    const bytes = await readFile(join(root, path)).catch(() => null);
    if (bytes === null) continue;
    // Lengths keep "ab"+"c" and "a"+"bc" apart.
    hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

async function listFiles(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const nested = entries.map((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? listFiles(root, path) : [path];
  });
  return (await Promise.all(nested)).flat();
}
