import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// What the graph of imports cannot see. Each rule prints the places that break it and what to do there.

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const ROOMS = ["app", "components", "e2e", "lib", "sandbox"];
const SOURCE = /\.tsx?$/;
const TEST = /\.test\.tsx?$/;
const CEILING = 400;
const FORBIDDEN_NAMES =
  /(^|[/.-])(utils?|helpers?|misc|common|shared|manager|service|handler|data|info|temp)[.-][^/]*$/;
const DOMAIN =
  /^lib\/(endpoint|lmi|wire|run|score|chart|stats|gate|history|experiment|compare|classify|code|handover|options|choose|fit|package|plan|preflight)\/|^lib\/failure\.ts$/;

type Text = { path: string; text: string };

const texts = await readRooms();
const sources = texts.filter(({ path }) => SOURCE.test(path));
const documents = texts.filter(({ path }) => path.endsWith(".md"));

test(`no file is longer than ${CEILING} lines: split it by job`, () => {
  const tooLong = sources.filter(({ text }) => text.split("\n").length > CEILING + 1);
  expect(paths(tooLong)).toEqual([]);
});

test("a file is named for the one thing it does", () => {
  expect(paths(sources).filter((path) => FORBIDDEN_NAMES.test(path))).toEqual([]);
});

test("what holds credentials can never be bundled for a browser: import server-only on the first line", () => {
  const edges = sources.filter(({ path }) => /^lib\/(aws|db)\//.test(path) && !TEST.test(path));
  expect(edges).not.toEqual([]);
  expect(paths(edges.filter(({ text }) => !text.startsWith('import "server-only";\n')))).toEqual([]);
});

test("clients of AWS stay out of the bundle: pages of a list are refused to a client of another bundle's class", async () => {
  const names = sources
    .filter(({ path }) => path.startsWith("lib/aws/") && !TEST.test(path))
    .flatMap(({ text }) => [...text.matchAll(/from "(@aws-sdk\/[a-z0-9-]+)"/g)].map(([, name]) => name));
  const config = await readFile(join(ROOT, "next.config.js"), "utf8");
  expect([...new Set(names)].filter((name) => !config.includes(`"${name}",`))).toEqual([]);
  expect(new Set(names).size).toBeGreaterThan(5);
});

test("no module of ours is mocked: make the effect an argument", () => {
  expect(linesLike(sources, /\b(vi|jest)\.(doMock|mock|hoisted)\(/)).toEqual([]);
});

test("the compiler is not silenced: tell it the truth", () => {
  expect(linesLike(sources, /@ts-(ignore|expect-error|nocheck)\b/)).toEqual([]);
});

test("a view asks through queries.ts and use-run.ts alone", () => {
  const views = sources.filter(
    ({ path }) => /^components\//.test(path) && !/\/(queries|use-run)\.ts$/.test(path),
  );
  const sideways = /\bfetch\(|from "[^"]*\/(actions|lib\/(aws|db)|sandbox\/)/;
  expect(linesLike(views, sideways)).toEqual([]);
});

test("the domain touches nothing: clock, chance, environment and network come in as arguments", () => {
  const domain = sources.filter(
    ({ path }) => DOMAIN.test(path) && !TEST.test(path) && !path.includes("/fixtures/"),
  );
  const impure = /Date\.now|new Date\(\)|Math\.random|process\.env|performance\.now|from "node:|\bfetch\(/;
  expect(linesLike(domain, impure)).toEqual([]);
});

test("the product does not know whom it talks to: the address decides", () => {
  // Starts one for tests; whoever imported it in the product would name it, and be found here.
  const peer = "lib/aws/spawn-sandbox.ts";
  const product = sources.filter(
    ({ path }) => /^(app|components|lib\/aws)\//.test(path) && !TEST.test(path) && path !== peer,
  );
  expect(linesLike(product, new RegExp("sand" + "box", "i"))).toEqual([]);
});

test("no call takes another way where the peer is on this machine: only words and marks differ", () => {
  const asking = /^lib\/aws\/(get-connection|is-loopback)\.ts$/;
  const callers = sources.filter(
    ({ path }) =>
      /^lib\/aws\/|^app\/.*(actions|route)\.ts$/.test(path) && !TEST.test(path) && !asking.test(path),
  );
  expect(callers.length).toBeGreaterThan(10);
  expect(linesLike(callers, /isLocal|isLoopback/)).toEqual([]);
});

test("the first page stays a page: README.md has at most 150 lines", () => {
  const readme = documents.find(({ path }) => path === "README.md");
  expect(readme?.text.trimEnd().split("\n").length).toBeLessThanOrEqual(150);
});

test("every path that a document names is there", () => {
  const missing = documents.flatMap(({ path, text }) =>
    pathsNamedIn(text, dirname(path)).filter((named) => !existsSync(join(ROOT, named))),
  );
  expect(missing).toEqual([]);
});

test("nothing names a folder of the machine it was written on", () => {
  const machine = /(^|[\s"'`(=])\/(work|root|home\/\w+)\//;
  expect(linesLike(texts, machine, "architecture.test.ts")).toEqual([]);
  expect(linesLike(documents, /(^|[\s"'`(=])\/tmp\b/)).toEqual([]);
});

/** Paths in code spans and links, from the root; whatever has a gap to fill in is an example and not a path. */
function pathsNamedIn(text: string, folder: string) {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  const fromRoot = spans.filter((span) => /^(app|components|e2e|lib|sandbox|\.ci)\/[\w.[\]/-]*$/.test(span));
  const links = [...text.matchAll(/\]\(([^)\s#:]+)(#[^)]*)?\)/g)].map(([, link = ""]) => join(folder, link));
  return [...fromRoot, ...links];
}

function linesLike(among: Text[], pattern: RegExp, except?: string) {
  return among
    .filter(({ path }) => except === undefined || !path.endsWith(except))
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
    );
}

function paths(among: Text[]) {
  return among.map(({ path }) => path);
}

async function readRooms(): Promise<Text[]> {
  const listed = await Promise.all(ROOMS.map(list));
  const top = await readdir(ROOT);
  const found = [...listed.flat(), ...top].filter((path) => SOURCE.test(path) || path.endsWith(".md"));
  return Promise.all(
    found.sort().map(async (path) => ({ path, text: await readFile(join(ROOT, path), "utf8") })),
  );
}

async function list(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .filter((path) => !path.includes("node_modules/"));
}
