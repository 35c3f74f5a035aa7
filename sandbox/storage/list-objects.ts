import { children, element } from "../xml.ts";
import { document, isoTime, type StorageAnswer, type StorageCall } from "./call.ts";
import { invalidArgument } from "./storage-error.ts";

type Row = { readonly object: string } | { readonly prefix: string };

/** ListObjectsV2: keys in order of their UTF-8 bytes, rolled up to common prefixes where a delimiter is given. */
export function listObjects({ storage, bucket, query }: StorageCall): StorageAnswer {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const size = readSize(query.get("max-keys"));
  const token = query.get("continuation-token");
  const after = token === null ? (query.get("start-after") ?? "") : readToken(token);
  const objects = new Map(storage.store.all("objects", bucket).map((object) => [object.key, object]));
  const rows = rollUp([...objects.keys()], prefix, delimiter).filter((row) => isAfter(row, after));
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const truncated = rows.length > page.length && last !== undefined;
  const coded = query.get("encoding-type") === "url" ? encodeKey : (text: string) => text;
  const contents = page.flatMap((row) => {
    const object = "object" in row ? objects.get(row.object) : undefined;
    return object === undefined
      ? []
      : [
          {
            Key: coded(object.key),
            LastModified: isoTime(object.modifiedAt),
            ETag: `"${object.etag}"`,
            Size: object.size,
            StorageClass: "STANDARD",
          },
        ];
  });
  const prefixes = page.flatMap((row) => ("prefix" in row ? [{ Prefix: coded(row.prefix) }] : []));
  const startAfter = query.get("start-after");
  const head = children({
    Name: bucket,
    Prefix: coded(prefix),
    ...(delimiter === "" ? {} : { Delimiter: coded(delimiter) }),
    MaxKeys: size,
    KeyCount: page.length,
    IsTruncated: truncated,
    ...(query.get("encoding-type") === "url" ? { EncodingType: "url" } : {}),
    ...(token === null ? {} : { ContinuationToken: token }),
    ...(startAfter === null ? {} : { StartAfter: coded(startAfter) }),
    ...(truncated ? { NextContinuationToken: writeToken(nameOf(last)) } : {}),
  });
  return document(
    "ListBucketResult",
    head + element("Contents", contents) + element("CommonPrefixes", prefixes),
  );
}

/** Keys under a prefix, in order; those with the delimiter behind the prefix are counted once together. */
function rollUp(keys: readonly string[], prefix: string, delimiter: string): Row[] {
  const rows: Row[] = [];
  let open: string | undefined;
  for (const key of keys.filter((name) => name.startsWith(prefix)).toSorted(byBytes)) {
    const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    if (cut < 0) {
      rows.push({ object: key });
    } else if (open === undefined || !key.startsWith(open)) {
      open = key.slice(0, cut + delimiter.length);
      rows.push({ prefix: open });
    }
  }
  return rows;
}

function isAfter(row: Row, after: string): boolean {
  if (after === "") return true;
  return byBytes(nameOf(row), after) > 0 && !("prefix" in row && after.startsWith(row.prefix));
}

function nameOf(row: Row): string {
  return "object" in row ? row.object : row.prefix;
}

// UTF-16 order, JavaScript's own, differs from S3's above U+FFFF.
function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll("%2F", "/");
}

function readSize(text: string | null): number {
  if (text === null) return 1000;
  if (!/^\d{1,9}$/.test(text)) {
    throw invalidArgument("Provided max-keys not an integer or within integer range", "max-keys", text);
  }
  return Math.min(Number(text), 1000);
}

function writeToken(key: string): string {
  return `1${Buffer.from(key).toString("base64url")}`;
}

function readToken(token: string): string {
  if (!/^1[\w-]+$/.test(token)) {
    throw invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
  }
  return Buffer.from(token.slice(1), "base64url").toString();
}
