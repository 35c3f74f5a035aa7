export const BLOCK = 512;

export type EntryType = "file" | "folder" | "link" | "device" | "long-name" | "extended" | "ignored";

export type TarHeader = { readonly path: string; readonly size: number; readonly type: EntryType };

// POSIX.1-1988 ustar, with GNU's and pax's entries that say something of the next one.
const TYPES: Readonly<Record<string, EntryType>> = {
  "\0": "file",
  "0": "file",
  "7": "file",
  "1": "link",
  "2": "link",
  "5": "folder",
  L: "long-name",
  x: "extended",
  g: "ignored",
  K: "ignored",
};

/** Reads a header block; undefined where its checksum or size says that it is none. */
export function readHeader(block: Buffer): TarHeader | undefined {
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  const size = sizeOf(block.subarray(124, 136));
  if (octal(block.subarray(148, 156)) !== sum || size === undefined) return undefined;
  const isUstar = textOf(block.subarray(257, 262)) === "ustar";
  const prefix = isUstar ? textOf(block.subarray(345, 500)) : "";
  const name = textOf(block.subarray(0, 100));
  const type = TYPES[String.fromCharCode(block[156] ?? 0)] ?? "device";
  // Folders have no content, whatever their size field says.
  return { path: prefix === "" ? name : `${prefix}/${name}`, size: type === "folder" ? 0 : size, type };
}

/** Why SageMaker does not unpack an entry, as `tar` would say it; undefined where it does. */
export function whyRefused(type: EntryType, path: string): string | undefined {
  if (type === "ignored") return undefined;
  if (type === "link") return `tar: ${path}: Links are not allowed in a model archive`;
  if (type === "device") return `tar: ${path}: Not a regular file`;
  if (path.startsWith("/") || path.includes("\0")) return `tar: ${path}: Absolute paths are not allowed`;
  return path.split("/").includes("..") ? `tar: ${path}: Member name contains '..'` : undefined;
}

// GNU writes sizes from 8 GiB on in base 256, marked by the first bit.
function sizeOf(field: Buffer): number | undefined {
  if (((field[0] ?? 0) & 0x80) === 0) return octal(field);
  const size = field.subarray(4).reduce((total, byte) => total * 256 + byte, 0);
  return Number.isSafeInteger(size) ? size : undefined;
}

function octal(field: Buffer): number | undefined {
  const digits = textOf(field).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

function textOf(field: Buffer): string {
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? field.length : end).toString();
}
