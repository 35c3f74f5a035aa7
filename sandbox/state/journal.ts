import {
  closeSync,
  existsSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { AwsError } from "../aws-error.ts";

const datasync = promisify(fdatasync);
const entrySchema = z.object({ table: z.string(), key: z.string(), value: z.json() });

/** One change: what a key of a table is from now on; null deletes it. */
export type Change = z.infer<typeof entrySchema>;

/** A journal of changes that survives a kill at any moment. */
export type Journal = {
  /**
   * Writes the changes of one answer as one line; from here on they survive the end of this program. Throws AWS's
   * `InternalFailure` where they cannot be written; then nothing has changed.
   */
  append(changes: readonly Change[]): void;
  /**
   * Resolves when everything appended so far also survives a power cut. Rejects with AWS's `InternalFailure` where the
   * disk fails; then nothing is appended any more, since nobody knows what is on it.
   */
  flushed(): Promise<void>;
  close(): void;
};

const FILE = "journal.jsonl";
const LOCK = "lock";
// A day's work fits: whoever starts with less would meet the full disk in the middle of it.
const ROOM_BYTES = 1024 * 1024;

/**
 * Opens the journal in a folder, made where it is missing, and hands back every change in order.
 * Throws an `Error` with a sentence for a person where the folder cannot be written, is used by another
 * sandbox, or holds a damaged journal.
 */
export function openJournal(folder: string, fresh: boolean): { journal: Journal; changes: Change[] } {
  try {
    makeFolder(folder);
    takeLock(folder);
    requireRoom(folder);
    const path = join(folder, FILE);
    if (fresh) {
      // The lock stays: it is not state.
      rmSync(path, { force: true });
    }
    const changes = existsSync(path) ? compact(readChanges(path)) : [];
    // The rewrite also drops a torn last line, which an append would otherwise run into.
    rewrite(folder, changes);
    return { journal: appendTo(path, folder), changes };
  } catch (error) {
    if (error instanceof Error && "code" in error) {
      if (error.code === "ENOSPC" || error.code === "EDQUOT") {
        throw new Error(`The state folder ${folder} cannot be used: its disk is full (1 MiB must be free)`);
      }
      throw new Error(`The state folder ${folder} cannot be used: ${error.message}`);
    }
    throw error;
  }
}

// Node's own recursion never returns where a file system takes no folders, such as /proc.
function makeFolder(folder: string): void {
  const path = resolve(folder);
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

function readChanges(path: string): Change[] {
  const lines = readFileSync(path, "utf8").split("\n");
  // The last piece is empty after a whole line, and torn where the program died while writing it.
  const torn = lines.pop();
  void torn;
  return lines.flatMap((line, index) => {
    const parsed = z.array(entrySchema).safeParse(parseLine(line));
    if (!parsed.success) {
      throw new Error(
        `The state file ${path} is damaged in line ${index + 1}: start with --fresh to drop it`,
      );
    }
    return parsed.data;
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function compact(changes: readonly Change[]): Change[] {
  // Without this a journal would grow with every restart of a long-lived folder.
  const last = new Map<string, Change>();
  for (const change of changes) {
    const slot = `${change.table}\n${change.key}`;
    last.delete(slot);
    last.set(slot, change);
  }
  return [...last.values()].filter((change) => change.value !== null);
}

function rewrite(folder: string, changes: readonly Change[]): void {
  const next = join(folder, `${FILE}.next`);
  const file = openSync(next, "w");
  writeAll(file, changes.map((change) => `${JSON.stringify([change])}\n`).join(""));
  fsyncSync(file);
  closeSync(file);
  renameSync(next, join(folder, FILE));
  // The rename itself must be on the disk before an answer relies on it.
  const directory = openSync(folder, "r");
  fsyncSync(directory);
  closeSync(directory);
}

// Reserving would not do: many file systems promise room that they do not have.
function requireRoom(folder: string): void {
  const path = join(folder, "room");
  const file = openSync(path, "w");
  try {
    writeAll(file, "\0".repeat(ROOM_BYTES));
    fsyncSync(file);
  } finally {
    closeSync(file);
    rmSync(path, { force: true });
  }
}

/** Writes a text and answers its length in bytes. */
function writeAll(file: number, text: string): number {
  const bytes = new TextEncoder().encode(text);
  // A short write is legal, and the rest of a nearly full disk is one.
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written);
  }
  return bytes.length;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function appendTo(path: string, folder: string): Journal {
  const file = openSync(path, "a");
  let end = fstatSync(file).size;
  let flushedTo = end;
  let flush: Promise<void> | undefined;
  let isDamaged = false;
  let lost: AwsError | undefined;

  // Behind the answers that are made meanwhile, and once for all that wait: a disk takes its milliseconds.
  async function flushOnce(): Promise<void> {
    const upTo = end;
    try {
      await datasync(file);
      flushedTo = upTo;
    } catch (error) {
      // The system has dropped what it could not write: trying again would succeed and prove nothing.
      lost = unwritable(folder, `${reasonOf(error)}; start the sandbox again`);
      throw lost;
    } finally {
      flush = undefined;
    }
  }

  // Half a line in the file would make the next whole one unreadable.
  function cutBack(): void {
    try {
      ftruncateSync(file, end);
      fsyncSync(file);
      isDamaged = false;
    } catch {
      isDamaged = true;
    }
  }

  return {
    append(changes) {
      if (lost !== undefined) throw lost;
      if (isDamaged) cutBack();
      if (isDamaged) throw unwritable(folder, "its journal is damaged");
      try {
        end += writeAll(file, `${JSON.stringify(changes)}\n`);
      } catch (error) {
        cutBack();
        throw unwritable(folder, reasonOf(error));
      }
    },
    async flushed() {
      const upTo = end;
      // The one under way may have begun before the last line.
      while (flushedTo < upTo) {
        flush ??= flushOnce();
        await flush;
      }
    },
    close() {
      fsyncSync(file);
      flushedTo = end;
      closeSync(file);
      rmSync(join(folder, LOCK), { force: true });
    },
  };
}

function unwritable(folder: string, reason: string): AwsError {
  return new AwsError("InternalFailure", `The state folder ${folder} cannot be written: ${reason}`, 500);
}

function takeLock(folder: string): void {
  const path = join(folder, LOCK);
  const holder = existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new Error(
      `The state folder ${folder} is in use by another sandbox (process ${holder}); if it is not, delete ${path}`,
    );
  }
  const file = openSync(path, "w");
  writeSync(file, String(process.pid));
  closeSync(file);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
