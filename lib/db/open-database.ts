import "server-only";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { PgliteSocket } from "./pglite-socket.ts";

/** PostgreSQL, be it a server or PGlite beside this thread: the same schema, migrations, queries and driver. */
export type Database = PgDatabase<PgQueryResultHKT>;

export type OpenDatabase = { database: Database; close: () => Promise<void> };

/** `url` of a PostgreSQL server, or a folder for PGlite (`memory://`: none); `files` is where this file lies. */
export type DatabasePlace = { url: string | null; folder: string; files: string };

const IN_MEMORY = "memory:";

/** Opens the database and brings its tables up to date. Throws where the server or the folder cannot be used. */
export async function openDatabase({ url, folder, files }: DatabasePlace): Promise<OpenDatabase> {
  const client = url === null ? embedded(folder, join(files, "pglite-thread.mjs")) : server(url);
  const database = drizzle(client);
  try {
    // The first to say what is wrong with the place, in words of its own.
    await client`select 1`;
    await migrate(database, { migrationsFolder: join(files, "migrations") });
  } catch (error) {
    await client.end({ timeout: 0 });
    throw error;
  }
  return { database, close: () => client.end() };
}

function server(url: string) {
  return postgres(url, { max: 5, onnotice: () => undefined });
}

function embedded(folder: string, program: string) {
  // PGlite makes its own folder, but not the ones above it.
  if (!folder.startsWith(IN_MEMORY)) mkdirSync(dirname(folder), { recursive: true });
  const options = {
    socket: () => new PgliteSocket(program, folder),
    // PGlite is one session, and a thread that is started anew would have to open the folder anew.
    max: 1,
    max_lifetime: null,
    // Making an empty database takes seconds.
    connect_timeout: 120,
    onnotice: () => undefined,
  };
  return postgres(options);
}
