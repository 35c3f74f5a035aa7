import { randomUUID } from "node:crypto";
import { createReadStream, mkdirSync, readdirSync, rmSync } from "node:fs";
import { copyFile, open } from "node:fs/promises";
import { join } from "node:path";
import type { Blob } from "./records.ts";

/** Files of bytes in the state folder. What no record names is dropped at the next start. */
export type Blobs = {
  /** Writes the chunks as they come; the bytes are on the disk when it resolves. Leaves nothing where it throws. */
  write(chunks: AsyncIterable<Uint8Array>): Promise<Blob>;
  copy(blob: Blob): Promise<Blob>;
  /** The bytes from `start` to before `end`, of blobs one behind the other. */
  read(blobs: readonly Blob[], start: number, end: number): AsyncGenerator<Uint8Array>;
  remove(blobs: readonly Blob[]): void;
};

/** Opens the folder and deletes the files that are not among `known`: what a kill left half-written. */
export function openBlobs(folder: string, known: ReadonlySet<string>): Blobs {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!known.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }

  // Names are drawn, never taken from a key: no key can lead out of the folder.
  async function create(fill: (path: string) => Promise<number>): Promise<Blob> {
    const id = randomUUID();
    const path = join(folder, id);
    try {
      const size = await fill(path);
      await flush(folder);
      return { id, size };
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    }
  }

  return {
    write: (chunks) => create((path) => writeChunks(path, chunks)),
    copy: (blob) =>
      create(async (path) => {
        await copyFile(join(folder, blob.id), path);
        await flush(path);
        return blob.size;
      }),
    async *read(blobs, start, end) {
      let offset = 0;
      for (const { id, size } of blobs) {
        const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, size)];
        // A stream's own `end` is inclusive.
        if (from < to) yield* createReadStream(join(folder, id), { start: from, end: to - 1 });
        offset += size;
      }
    },
    remove(blobs) {
      for (const { id } of blobs) rmSync(join(folder, id), { force: true });
    },
  };
}

async function writeChunks(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, "wx");
  try {
    let size = 0;
    for await (const chunk of chunks) {
      // A short write is legal.
      for (let written = 0; written < chunk.length; ) {
        written += (await file.write(chunk, written)).bytesWritten;
      }
      size += chunk.length;
    }
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, "r");
  await file.sync();
  await file.close();
}
