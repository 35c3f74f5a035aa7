// Starts the sandbox from one file: some three hundred modules, each found and translated on its own, would take
// seconds. The file is built where a source has changed since.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".sagescope", "sandbox-program");
const notes = join(folder, "sources.json");

/** When each source was written; throws where one is gone. */
function timesOf(sources) {
  return Object.fromEntries(sources.map((source) => [source, statSync(join(root, source)).mtimeMs]));
}

/** The program that was built from the sources as they are now; undefined where there is none. */
function builtProgram() {
  try {
    const { program, times } = JSON.parse(readFileSync(notes, "utf8"));
    const now = timesOf(Object.keys(times));
    return statSync(program).isFile() && JSON.stringify(now) === JSON.stringify(times) ? program : undefined;
  } catch {
    return undefined;
  }
}

async function buildProgram() {
  const { build, stop } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, "sandbox", "main.ts")],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    target: "node20",
    format: "esm",
    // It brings a binary for this machine, which cannot be in a bundle.
    external: ["node-llama-cpp"],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  const times = timesOf(Object.keys(metafile.inputs));
  // Its child would live as long as the sandbox.
  await stop();
  const contents = outputFiles[0].contents;
  const stamp = createHash("sha256").update(contents).digest("hex").slice(0, 16);
  const program = join(folder, `${stamp}.mjs`);
  rmSync(notes, { force: true });
  mkdirSync(folder, { recursive: true });
  writeWhole(program, contents);
  writeWhole(notes, JSON.stringify({ program, times }));
  return program;
}

// Two that start at once must never read half of what the other writes.
function writeWhole(path, contents) {
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
}

await import(pathToFileURL(builtProgram() ?? (await buildProgram())).href);
