import "server-only";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import { migrate as migratePostgres } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/** PostgreSQL, be it a server or PGlite in this process: the same schema, migrations and queries. */
export type Database = PgDatabase<PgQueryResultHKT>;

export type OpenDatabase = { database: Database; close: () => Promise<void> };

/** `url` of a PostgreSQL server, or a folder for PGlite (`memory://`: none); `migrations` is the folder that drizzle-kit wrote. */
export type DatabasePlace = { url: string | null; folder: string; migrations: string };

const IN_MEMORY = "memory:";

/** Opens the database and brings its tables up to date. Throws where the server or the folder cannot be used. */
export async function openDatabase({ url, folder, migrations }: DatabasePlace): Promise<OpenDatabase> {
  if (url !== null) {
    const client = postgres(url, { max: 5, onnotice: () => undefined });
    const database = drizzlePostgres(client);
    await migratePostgres(database, { migrationsFolder: migrations });
    return { database, close: () => client.end() };
  }
  // PGlite makes its own folder, but not the ones above it.
  if (!folder.startsWith(IN_MEMORY)) mkdirSync(dirname(folder), { recursive: true });
  const client = await PGlite.create(folder);
  const database = drizzlePglite(client);
  await migratePglite(database, { migrationsFolder: migrations });
  return { database, close: () => client.close() };
}
