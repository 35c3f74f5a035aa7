import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenDatabase, openDatabase } from "./open-database.ts";
import { FILES, openTestDatabase } from "./open-test-database.ts";

let open: OpenDatabase;
beforeAll(async () => {
  open = await openTestDatabase();
}, 60_000);
afterAll(() => open?.close());

test("a query of the embedded database holds nothing else up", async () => {
  const order: string[] = [];
  const query = open.database.execute(sql`select pg_sleep(1)`).then(() => order.push("query"));
  await sleep(10).then(() => order.push("timer"));
  await query;
  expect(order).toEqual(["timer", "query"]);
}, 60_000);

test("queries that are sent at once are each answered, whatever their size", async () => {
  const { database } = open;
  const lengths = [0, 1, 70_000, 3_000_000];
  const answers = await Promise.all(
    lengths.map((length) => database.execute(sql`select ${"é".repeat(length)} as text`)),
  );
  expect(answers).toHaveLength(lengths.length);
  answers.forEach((rows, index) => {
    expect(rows).toMatchObject([{ text: "é".repeat(lengths[index] ?? 0) }]);
  });
}, 60_000);

test("what a transaction wrote is gone when it fails, and the next one works", async () => {
  const { database } = open;
  await database.execute(sql`create table things (name text)`);
  const failing = database.transaction(async (transaction) => {
    await transaction.execute(sql`insert into things values ('first')`);
    await transaction.execute(sql`select * from nowhere`);
  });
  await expect(failing).rejects.toThrow();
  await database.transaction((transaction) => transaction.execute(sql`insert into things values ('second')`));
  expect(await database.execute(sql`select name from things`)).toMatchObject([{ name: "second" }]);
}, 60_000);

test("a folder of something else is refused with its reason", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sagescope-database-"));
  writeFileSync(join(folder, "PG_VERSION"), "99");
  await expect(openDatabase({ url: null, folder, files: FILES })).rejects.toThrow(/PGlite failed to init/);
  const file = join(folder, "PG_VERSION");
  await expect(openDatabase({ url: null, folder: join(file, "in-it"), files: FILES })).rejects.toThrow(
    /EEXIST|ENOTDIR/,
  );
});
