import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeDatabase } from "./make-database.ts";
import { startProgram } from "./program.ts";

test("the database is made once, whole, and by nobody where it is elsewhere", async () => {
  const place = mkdtempSync(join(tmpdir(), "sagescope-made-"));
  const folder = join(place, "new", "database");
  const started: string[] = [];
  const start: typeof startProgram = (program) => {
    started.push(program.name);
    return startProgram(program);
  };

  await makeDatabase("memory://", process.env, start);
  await makeDatabase(folder, { ...process.env, DATABASE_URL: "postgres://127.0.0.1/x" }, start);
  expect(started).toEqual([]);

  await makeDatabase(folder, process.env, start);
  expect(existsSync(join(folder, "PG_VERSION"))).toBe(true);
  expect(readdirSync(join(place, "new"))).toEqual(["database"]);

  await makeDatabase(folder, process.env, start);
  expect(started).toHaveLength(1);
}, 180_000);
