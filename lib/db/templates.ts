import "server-only";
import { eq } from "drizzle-orm";
import { fail, type Result, succeed } from "#lib/failure.ts";
import type { Database } from "./open-database.ts";
import { templates } from "./schema.ts";

export type Template = typeof templates.$inferSelect;

/** All templates by name. */
export async function listTemplates(database: Database): Promise<Template[]> {
  return database.select().from(templates).orderBy(templates.name);
}

/** Makes a template, or changes the one with this id. Fails with `conflict` where another has the name. */
export async function saveTemplate(
  database: Database,
  template: { id: string; name: string; body: string; now: Date },
): Promise<Result<Template>> {
  const { id, name, body, now } = template;
  const [other] = await database.select().from(templates).where(eq(templates.name, name));
  if (other !== undefined && other.id !== id) {
    return fail({
      code: "conflict",
      message: `There is a template named ${name} already.`,
      hint: "Take another name, or change that template.",
      field: "name",
    });
  }
  const [saved] = await database
    .insert(templates)
    .values({ id, name, body, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({ target: templates.id, set: { name, body, updatedAt: now } })
    .returning();
  if (saved === undefined) throw new Error("an insert that returns its row returned none");
  return succeed(saved);
}

/** Forgets a template. One that is gone already is no failure. */
export async function deleteTemplate(database: Database, id: string): Promise<void> {
  await database.delete(templates).where(eq(templates.id, id));
}
