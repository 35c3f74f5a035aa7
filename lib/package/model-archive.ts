import { fail, type Result, succeed } from "#lib/failure.ts";
import { compress, decompress } from "./compress.ts";
import { type ArchiveFile, readTar, writeTar } from "./tar.ts";

/** What Sagescope packs: the configuration, and Python of the person's own. */
export type ModelFiles = { properties: string; modelPy: string | null; requirements: string | null };

const NAMES = {
  properties: "serving.properties",
  modelPy: "model.py",
  requirements: "requirements.txt",
} as const;

/** Neither is near what such an archive holds; weights belong in S3 beside it. */
const MOST_PACKED = 16 * 2 ** 20;
const MOST_UNPACKED = 64 * 2 ** 20;

/** `model.tar.gz` with `serving.properties` at its root. Equal files give equal bytes. */
export function packModel(files: ModelFiles): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const packed: ArchiveFile[] = [{ path: NAMES.properties, bytes: encoder.encode(files.properties) }];
  if (files.modelPy !== null) packed.push({ path: NAMES.modelPy, bytes: encoder.encode(files.modelPy) });
  if (files.requirements !== null)
    packed.push({ path: NAMES.requirements, bytes: encoder.encode(files.requirements) });
  return compress(writeTar(packed));
}

/**
 * Reads a `model.tar.gz`. Fails with `invalid` for archives that are hostile or too large, and where
 * `serving.properties` is not at the root; other files are named, not unpacked.
 */
export function readModelArchive(bytes: Uint8Array): Result<ModelFiles & { others: string[] }> {
  if (bytes.length > MOST_PACKED) return refuse(`It is larger than ${MOST_PACKED / 2 ** 20} MiB.`);
  const unpacked = decompress(bytes, MOST_UNPACKED);
  if (!unpacked.ok) return unpacked;
  const files = readTar(unpacked.value);
  if (!files.ok) return files;
  const text = (name: string) => {
    const file = files.value.find(({ path }) => path === name);
    return file ? new TextDecoder().decode(file.bytes) : null;
  };
  const properties = text(NAMES.properties);
  if (properties === null) {
    const deeper = files.value.find(({ path }) => path.endsWith(`/${NAMES.properties}`));
    return refuse(
      deeper ? `${deeper.path} must be at the root of the archive.` : "There is no serving.properties in it.",
    );
  }
  const known: readonly string[] = Object.values(NAMES);
  return succeed({
    properties,
    modelPy: text(NAMES.modelPy),
    requirements: text(NAMES.requirements),
    others: files.value.map(({ path }) => path).filter((path) => !known.includes(path)),
  });
}

/** SHA-256 of an archive in hexadecimal. Web Crypto answers only to pages of https and of this machine. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The key that content alone decides, so that the same archive is uploaded once. `prefix` ends as it likes. */
export function archiveKey(prefix: string, digest: string): string {
  const folder = prefix.replace(/^\/+|\/+$/g, "");
  return `${folder === "" ? "" : `${folder}/`}${digest}/model.tar.gz`;
}

function refuse(message: string): Result<never> {
  return fail({
    code: "invalid",
    message,
    hint: "Make it again with: tar -czf model.tar.gz serving.properties",
  });
}
