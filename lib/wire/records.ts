/** A JSON object whose fields nobody has looked at yet. */
export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function readNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

export function readString(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** The array, or an empty one: an absent list and an empty list say the same on this wire. */
export function readList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A whole number from 0 on; 0 for anything else, as for an index that is not there. */
export function readIndex(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : 0;
}
