"use server";

import { restoreRun as bringBack, deleteRun as forget, markRun as mark } from "#lib/db/change-run.ts";
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

/** Takes a run out of the history; for an hour `restoreRun` brings it back. */
export async function deleteRun(input: unknown): Promise<Result<{ id: string }>> {
  const parsed = parseId(input);
  if (!parsed.ok) return parsed;
  const opened = await database();
  if (!opened.ok) return opened;
  await forget(opened.value, parsed.value, new Date());
  return succeed({ id: parsed.value });
}

/** Takes the deletion of a run back. */
export async function restoreRun(input: unknown): Promise<Result<{ id: string }>> {
  const parsed = parseId(input);
  if (!parsed.ok) return parsed;
  const opened = await database();
  if (!opened.ok) return opened;
  const restored = await bringBack(opened.value, parsed.value);
  return restored.ok ? succeed({ id: parsed.value }) : restored;
}
