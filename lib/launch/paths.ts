import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's own folder, wherever it was cloned and whatever the current folder is. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Next's command-line program. */
export const NEXT = join(ROOT, "node_modules", "next", "dist", "bin", "next");

/** A package's command, as npm installed it. */
export function binary(name: string): string {
  return join(ROOT, "node_modules", ".bin", name);
}
