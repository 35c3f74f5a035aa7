import * as z from "zod/mini";
import { historyEntrySchema } from "#lib/history/history-entry.ts";
import { invokeRequestSchema } from "#lib/run/invoke-request.ts";

/** What `GET /api/runs/{id}` answers: the run as listed, what was asked, and of which container. */
export const storedAnswerSchema = z.object({
  run: historyEntrySchema,
  request: invokeRequestSchema,
  container: z.nullable(
    z.object({
      label: z.string(),
      image: z.string(),
      environment: z.record(z.string(), z.string()),
      release: z.nullable(z.number()),
      mode: z.nullable(z.string()),
      engine: z.nullable(z.string()),
    }),
  ),
  connection: z.object({
    account: z.nullable(z.string()),
    region: z.nullable(z.string()),
    host: z.nullable(z.string()),
  }),
});

export type StoredAnswer = z.infer<typeof storedAnswerSchema>;
