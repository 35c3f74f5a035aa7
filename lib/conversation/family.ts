import * as z from "zod/mini";
import { historyEntrySchema } from "#lib/history/history-entry.ts";

/** A run as its family lists it: as the history does, with the last words that were asked. */
const familyRunSchema = z.extend(historyEntrySchema, { question: z.string() });

/** What `GET /api/runs/{id}/family` answers: every run that came from the same first one, oldest first. */
export const familySchema = z.object({ runs: z.array(familyRunSchema) });

export type FamilyRun = z.infer<typeof familyRunSchema>;
