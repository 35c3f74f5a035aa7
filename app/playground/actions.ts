"use server";

import { database } from "#lib/db/database.ts";
import { deleteTemplate as forget, saveTemplate as keep } from "#lib/db/templates.ts";
import { type Result, succeed } from "#lib/failure.ts";
import { parseId, parseTemplate } from "#lib/history/parse-history-input.ts";

/** Makes a template, or changes the one with this id; `input` is whatever a browser sent. */
export async function saveTemplate(input: unknown): Promise<Result<{ id: string }>> {
  const parsed = parseTemplate(input);
  if (!parsed.ok) return parsed;
  const opened = await database();
  if (!opened.ok) return opened;
  const saved = await keep(opened.value, { ...parsed.value, now: new Date() });
  return saved.ok ? succeed({ id: saved.value.id }) : saved;
}

/** Forgets a template for good. */
export async function deleteTemplate(input: unknown): Promise<Result<{ id: string }>> {
  const parsed = parseId(input);
  if (!parsed.ok) return parsed;
  const opened = await database();
  if (!opened.ok) return opened;
  await forget(opened.value, parsed.value);
  return succeed({ id: parsed.value });
}
