"use server";

import { deleteRun as forget, markRun as mark } from "#lib/db/change-run.ts";
import { database } from "#lib/db/database.ts";
import { type Result, succeed } from "#lib/failure.ts";
import { parseId, parseMarks } from "#lib/history/parse-history-input.ts";

/** Writes stars, tags and notes on a run; `input` is whatever a browser sent. */
export async function markRun(input: unknown): Promise<Result<{ id: string }>> {
  const parsed = parseMarks(input);
  if (!parsed.ok) return parsed;
  const opened = await database();
  if (!opened.ok) return opened;
  const { id, starred, tags, notes } = parsed.value;
  const marked = await mark(opened.value, id, {
    ...(starred === undefined ? {} : { starred }),
    ...(tags === undefined ? {} : { tags }),
    ...(notes === undefined ? {} : { notes }),
  });
  return marked.ok ? succeed({ id }) : marked;
}

/** Forgets a run for good. */
export async function deleteRun(input: unknown): Promise<Result<{ id: string }>> {
  const parsed = parseId(input);
  if (!parsed.ok) return parsed;
  const opened = await database();
  if (!opened.ok) return opened;
  await forget(opened.value, parsed.value);
  return succeed({ id: parsed.value });
}
