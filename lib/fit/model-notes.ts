import * as z from "zod/mini";
import notes from "./model-notes.json" with { type: "json" };

const rowSchema = z.object({
  id: z.string(),
  sources: z._default(z.array(z.string()), []),
  notes: z._default(z.array(z.string()), []),
});

const ROWS = z.object({ models: z.array(rowSchema) }).parse(notes).models;

/** Where a catalogued model's figures were read, and what is to be known of them; nothing for any other model. */
export function notesOf(id: string): { sources: string[]; notes: string[] } {
  const wanted = id.toLowerCase();
  return ROWS.find((row) => row.id.toLowerCase() === wanted) ?? { sources: [], notes: [] };
}
