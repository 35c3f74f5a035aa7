import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { ArtifactTrouble } from "./artifacts.ts";
import { readBytes } from "./byte-reader.ts";
import { BLOCK, readHeader, whyRefused } from "./tar-header.ts";

/** What stands at the root of an archive: the text of `serving.properties`, and whether there is a `model.py`. */
export type ArchiveRoot = { readonly properties: string | undefined; readonly hasHandler: boolean };

export type ReadArchive =
  | { readonly ok: true; readonly root: ArchiveRoot }
  | { readonly ok: false; readonly trouble: ArtifactTrouble; readonly why: string };

type ArchiveLimits = { readonly bytes: number; readonly entries: number };

// What unpacks to more is weights, which belong beside the archive, or a bomb.
const ARCHIVE_LIMITS: ArchiveLimits = { bytes: 4 * 2 ** 30, entries: 100_000 };
/** No configuration is longer, and no name. */
const MOST_TEXT = 2 ** 20;

/**
 * Looks through a `model.tar.gz` without unpacking it anywhere, some kilobytes at a time. Refuses what SageMaker
 * refuses: other formats, links, devices, paths that are absolute or lead out, and an archive that is cut short.
 */
export async function readArchive(
  chunks: AsyncIterable<Uint8Array>,
  limits = ARCHIVE_LIMITS,
): Promise<ReadArchive> {
  const gunzip = createGunzip();
  // Whoever stops reading here ends the file's stream too; its errors come out of the iteration.
  pipeline(Readable.from(chunks), gunzip, () => undefined);
  try {
    return await readTar(gunzip[Symbol.asyncIterator](), limits);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it cannot be read";
    return broken(`gzip: ${reason}`);
  } finally {
    gunzip.destroy();
  }
}

async function readTar(chunks: AsyncIterator<Uint8Array>, limits: ArchiveLimits): Promise<ReadArchive> {
  const bytes = readBytes(chunks);
  let properties: string | undefined;
  let hasHandler = false;
  let longName: string | undefined;
  for (let entries = 0; ; entries += 1) {
    const block = await bytes.take(BLOCK);
    if (block.length === BLOCK && block.every((byte) => byte === 0)) {
      return { ok: true, root: { properties, hasHandler } };
    }
    if (block.length < BLOCK) return broken("tar: Unexpected EOF in archive");
    const header = readHeader(block);
    if (header === undefined) return broken("tar: This does not look like a tar archive");
    const { type, size } = header;
    const path = (longName ?? header.path).replace(/^(?:\.\/)+/, "");
    if (bytes.seen() + size > limits.bytes || entries >= limits.entries) {
      return { ok: false, trouble: "too-large", why: "No space left on device" };
    }
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    if (type === "long-name" || type === "extended") {
      if (size > MOST_TEXT) return broken("tar: A member's name is too long");
      const text = (await bytes.take(padded)).subarray(0, size).toString();
      longName = type === "long-name" ? text.replace(/\0+$/, "") : /(?:^|\n)\d+ path=(.*)\n/.exec(text)?.[1];
      continue;
    }
    longName = undefined;
    const refusal = whyRefused(type, path);
    if (refusal !== undefined) return broken(refusal);
    if (type === "file" && path === "model.py") hasHandler = true;
    if (type === "file" && path === "serving.properties") {
      if (size > MOST_TEXT) return broken("serving.properties is longer than 1 MiB");
      const content = await bytes.take(padded);
      if (content.length < padded) return broken("tar: Unexpected EOF in archive");
      properties = content.subarray(0, size).toString();
    } else if (!(await bytes.skip(padded))) return broken("tar: Unexpected EOF in archive");
  }
}

function broken(why: string): ReadArchive {
  return { ok: false, trouble: "broken", why };
}
