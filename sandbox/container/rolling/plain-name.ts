/** The name of a formatter that server and request may set, undefined for anything else; sse came with 0.28. */
export function plainName(minor: number, name: unknown): "json" | "jsonlines" | "sse" | undefined {
  if (name === "json" || name === "jsonlines") return name;
  return name === "sse" && minor >= 28 ? name : undefined;
}
