import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./environment.ts";
import { ROOT } from "./paths.ts";
import type { Program, Running } from "./program.ts";

/**
 * Makes the folder of the embedded database where there is none yet, in a program of its own. Resolves when
 * that is over, however it went: the web server makes what is missing itself and says what is wrong.
 */
export async function makeDatabase(
  folder: string,
  env: Environment,
  start: (program: Program) => Running,
): Promise<void> {
  const isElsewhere = env.DATABASE_URL !== undefined || folder.startsWith("memory:");
  if (isElsewhere || existsSync(folder)) return;
  const program = join(ROOT, "lib", "db", "make-folder.ts");
  await start({
    name: "the first start of the database",
    command: process.execPath,
    words: ["--conditions=react-server", "--import", "tsx", program, folder],
    env,
    output: "keep",
  }).ended;
}
