import { storageError } from "./storage-error.ts";

/**
 * The bytes a `Range` header asks for, from the first to before the last; undefined for the whole object, also
 * where the header is none that S3 reads (several ranges, other units). Throws `InvalidRange` (416).
 */
export function rangeOf(header: string | undefined, size: number): readonly [number, number] | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  const [first = "", last = ""] = match?.slice(1) ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(Number(last) + 1, size);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  if (start >= size || (first === "" && Number(last) === 0)) {
    throw storageError("InvalidRange", 416, "The requested range is not satisfiable", {
      RangeRequested: header ?? "",
      ActualObjectSize: String(size),
    });
  }
  return [start, end];
}
