import { parseXml, type XmlElement } from "../xml.ts";
import type { StorageCaller } from "./authenticate.ts";
import type { Storage } from "./storage.ts";
import { malformedXml, storageError } from "./storage-error.ts";

/** A request of S3 whose signature holds; `key` is empty for a bucket, `bucket` for the account. */
export type StorageCall = {
  readonly storage: Storage;
  readonly caller: StorageCaller;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
};

export type StorageAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** XML, or the bytes of an object. */
  readonly body?: string | AsyncIterable<Uint8Array>;
};

/** The namespace of everything S3 answers. */
const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const DOCUMENT = 2 * 1024 * 1024;

/** A document as S3 writes it: `content` is what stands inside the root element. */
export function document(root: string, content: string): StorageAnswer {
  return { status: 200, body: `${DECLARATION}<${root} xmlns="${NAMESPACE}">${content}</${root}>` };
}

/** Reads the XML that a request carries; throws `MalformedXML`. */
export async function readDocument(call: StorageCall, root: string): Promise<XmlElement> {
  const element = parseXml(await readText(call.body));
  if (element?.name !== root) throw malformedXml();
  return element;
}

/** The whole of a small body as text. */
export async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > DOCUMENT) throw storageError("EntityTooLarge", 400, "The request document is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A moment as S3 writes it in documents. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
