import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";

/** A file of lines that is appended to without waiting for the disk: a kill keeps what was written, a power cut may not. */
export type LineFile = {
  append(lines: readonly string[]): void;
  /** Replaces the whole content at once. */
  replace(lines: readonly string[]): void;
  close(): void;
};

/** Opens a file of lines and hands back the whole ones; a torn last line is cut off. */
export function openLineFile(path: string, fresh: boolean): { file: LineFile; lines: string[] } {
  const bytes = !fresh && existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const end = bytes.lastIndexOf(10) + 1;
  let descriptor = openSync(path, "a");
  ftruncateSync(descriptor, end);

  function write(target: number, lines: readonly string[]): void {
    const block = Buffer.from(lines.map((line) => `${line}\n`).join(""));
    // A short write is legal.
    for (let written = 0; written < block.length; ) written += writeSync(target, block, written);
  }

  const file: LineFile = {
    append: (lines) => write(descriptor, lines),
    replace(lines) {
      const next = openSync(`${path}.next`, "w");
      write(next, lines);
      closeSync(next);
      renameSync(`${path}.next`, path);
      closeSync(descriptor);
      descriptor = openSync(path, "a");
    },
    close: () => closeSync(descriptor),
  };
  const text = bytes.subarray(0, end).toString("utf8");
  return { file, lines: text === "" ? [] : text.slice(0, -1).split("\n") };
}
