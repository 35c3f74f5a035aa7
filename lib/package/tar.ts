import { fail, type Result, succeed } from "#lib/failure.ts";

/** A regular file of an archive; `path` is relative, with slashes. */
export type ArchiveFile = { path: string; bytes: Uint8Array };

const BLOCK = 512;
/** POSIX.1-1988 ustar: where each field of a header begins and how long it is. */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 6],
  version: [263, 2],
  prefix: [345, 155],
} as const;

/** A ustar archive of regular files, sorted by path, with mode 644 and neither times nor owners. */
export function writeTar(files: readonly ArchiveFile[]): Uint8Array {
  const sorted = files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
  const size = sorted.reduce((sum, { bytes }) => sum + BLOCK + roundUp(bytes.length), 2 * BLOCK);
  const archive = new Uint8Array(size);
  let at = 0;
  for (const { path, bytes } of sorted) {
    writeHeader(archive.subarray(at, at + BLOCK), path, bytes.length);
    archive.set(bytes, at + BLOCK);
    at += BLOCK + roundUp(bytes.length);
  }
  return archive;
}

/**
 * Reads the regular files of a ustar, GNU or pax archive. Fails with `invalid` for links, devices, absolute
 * paths, `..`, a path that comes twice, wrong checksums and ends in the middle: SageMaker would refuse these, or
 * they would land outside the model's folder.
 */
export function readTar(archive: Uint8Array, most = 1_000): Result<ArchiveFile[]> {
  const files: ArchiveFile[] = [];
  let at = 0;
  let longName: string | null = null;
  while (at + BLOCK <= archive.length) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return succeed(files);
    if (!hasRightChecksum(header)) return refuse("This is not a tar archive, or it is damaged.");
    const size = readOctal(header, FIELDS.size);
    const path = longName ?? pathOf(header);
    longName = null;
    if (size === null) return refuse(`The size of ${path} cannot be read.`);
    const start = at + BLOCK;
    if (start + size > archive.length) return refuse(`The archive ends in the middle of ${path}.`);
    at = start + roundUp(size);
    const bytes = archive.subarray(start, start + size);
    const type = String.fromCharCode(header[FIELDS.type[0]] ?? 0);
    if (type === "L") longName = decode(bytes).replace(/\0+$/, "");
    else if (type === "x") longName = decode(bytes).match(/(?:^|\n)\d+ path=([^\n]*)\n/)?.[1] ?? null;
    else if (type !== "5" && type !== "g") {
      const problem = typeProblem(type, path) ?? pathProblem(path);
      if (problem) return refuse(problem);
      const clean = path.replace(/^(\.\/)+/, "");
      if (files.some((file) => file.path === clean)) return refuse(`${clean} is in the archive twice.`);
      if (files.length >= most) return refuse(`The archive has more than ${most} files.`);
      files.push({ path: clean, bytes });
    }
  }
  return refuse("The archive is cut short: its closing blocks are missing.");
}

function typeProblem(type: string, path: string): string | null {
  if (type === "0" || type === "\0") return null;
  return type === "1" || type === "2"
    ? `${path} is a link; a model archive has regular files only.`
    : `${path} is no regular file.`;
}

/** Why a path may not be in a model archive, or null. */
export function pathProblem(path: string): string | null {
  if (path === "" || path.includes("\0")) return "A file in the archive has no usable name.";
  if (path.startsWith("/") || path.includes("\\") || /^[a-zA-Z]:/.test(path))
    return `${path} is an absolute path.`;
  return path.split("/").includes("..") ? `${path} leads out of the archive.` : null;
}

function writeHeader(header: Uint8Array, path: string, size: number): void {
  writeText(header, FIELDS.name, path);
  writeText(header, FIELDS.mode, "0000644\0");
  writeText(header, FIELDS.uid, "0000000\0");
  writeText(header, FIELDS.gid, "0000000\0");
  writeText(header, FIELDS.size, `${size.toString(8).padStart(11, "0")}\0`);
  writeText(header, FIELDS.mtime, "00000000000\0");
  writeText(header, FIELDS.type, "0");
  writeText(header, FIELDS.magic, "ustar\0");
  writeText(header, FIELDS.version, "00");
  writeText(header, FIELDS.checksum, `${sumOf(header).toString(8).padStart(6, "0")}\0 `);
}

/** The sum of a header's bytes with its own field read as blanks. */
function sumOf(header: Uint8Array): number {
  const [from, length] = FIELDS.checksum;
  return header.reduce((sum, byte, at) => sum + (at >= from && at < from + length ? 32 : byte), 0);
}

function hasRightChecksum(header: Uint8Array): boolean {
  return readOctal(header, FIELDS.checksum) === sumOf(header);
}

function pathOf(header: Uint8Array): string {
  const name = readText(header, FIELDS.name);
  const prefix = readText(header, FIELDS.magic).startsWith("ustar") ? readText(header, FIELDS.prefix) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

function readOctal(header: Uint8Array, field: readonly [number, number]): number | null {
  const digits = readText(header, field).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

function readText(header: Uint8Array, [from, length]: readonly [number, number]): string {
  return decode(header.subarray(from, from + length)).split("\0")[0] ?? "";
}

function writeText(header: Uint8Array, [from, length]: readonly [number, number], text: string): void {
  header.set(new TextEncoder().encode(text).subarray(0, length), from);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function roundUp(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

function refuse(message: string): Result<never> {
  return fail({
    code: "invalid",
    message,
    hint: "Make it again with: tar -czf model.tar.gz serving.properties",
  });
}
