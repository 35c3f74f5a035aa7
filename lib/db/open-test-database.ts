import "server-only";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type OpenDatabase, openDatabase } from "./open-database.ts";
import { type NewRun, startRun } from "./record-run.ts";

/** This folder, which a database is opened with. */
export const FILES = fileURLToPath(new URL(".", import.meta.url));

/** A database for a test, in a folder of its own. */
export async function openTestDatabase(): Promise<OpenDatabase> {
  const folder = join(mkdtempSync(join(tmpdir(), "sagescope-database-")), "pglite");
  return openDatabase({ url: null, folder, files: FILES });
}

/** A run that has begun, written down; `more` says what is special about it. */
export async function beginTestRun(
  { database }: OpenDatabase,
  more: Partial<NewRun> & { id: string },
): Promise<void> {
  const endpointName = more.endpointName ?? "demo";
  const promptText = more.promptText ?? "Q:";
  await startRun(database, {
    createdAt: new Date(1_700_000_000_000),
    endpointName,
    connection: { account: "000000000000", region: "us-east-1", host: "127.0.0.1:4580" },
    container: null,
    request: { endpointName, prompt: promptText, parameters: { maxNewTokens: 3 } },
    promptText,
    parentId: null,
    origin: null,
    ...more,
  });
}
