import type { JsonValue } from "../json.ts";

/** The number, or a default for anything else. */
export function numberOr(value: JsonValue | undefined, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

/** Stop strings given as one string or a list. */
export function stopsOf(value: JsonValue | undefined): string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

/** The whole numbers of a list. */
export function idsOf(value: JsonValue | undefined): number[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "number") : [];
}
