import "server-only";
import { join } from "node:path";
import { env } from "#lib/env.ts";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { type Database, type OpenDatabase, openDatabase } from "./open-database.ts";
import { markInterrupted } from "./record-run.ts";

/** A hundred requests of eight minutes, the most that auto-continue and SageMaker allow. */
const LONGEST_RUN_MS = 100 * 8 * 60_000;

declare global {
  /** One database per process, however many bundles this module is part of. */
  var sagescopeDatabase: Promise<OpenDatabase> | undefined;
}

/**
 * The database of this server, opened at first use; runs that an earlier server left half-way are then marked.
 * Fails with a sentence where it cannot be opened, and tries anew the next time.
 */
export async function database(): Promise<Result<Database>> {
  globalThis.sagescopeDatabase ??= open();
  try {
    return succeed((await globalThis.sagescopeDatabase).database);
  } catch (error) {
    globalThis.sagescopeDatabase = undefined;
    return fail(cannotOpen(error));
  }
}

async function open(): Promise<OpenDatabase> {
  const opened = await openDatabase({
    url: env.databaseUrl,
    folder: env.databaseFolder,
    files: join(env.home ?? process.cwd(), "lib", "db"),
  });
  // Several servers may share a database, and a run may last: only what is too old to be anybody's is marked there.
  const patience = env.databaseUrl === null ? 0 : LONGEST_RUN_MS;
  await markInterrupted(opened.database, new Date(Date.now() - patience));
  return opened;
}

function cannotOpen(error: unknown): Failure {
  const detail = error instanceof Error ? error.message : String(error);
  return env.databaseUrl === null
    ? {
        code: "unreachable",
        message: `The history in ${env.databaseFolder} cannot be opened.`,
        hint: "Check that the folder can be written and that no other Sagescope uses it, then restart.",
        detail,
      }
    : {
        code: "unreachable",
        message: "The database that DATABASE_URL names does not answer.",
        hint: "Check the address and that the server runs; without DATABASE_URL an embedded database is used.",
        // The driver's words may hold the address, and the address a password.
        detail: detail.replace(/\/\/[^@\s]*@/g, "//…@"),
      };
}
