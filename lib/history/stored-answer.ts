import { z } from "zod";
import { historyEntrySchema } from "#lib/history/history-entry.ts";
import { invokeRequestSchema } from "#lib/run/invoke-request.ts";

/** What `GET /api/runs/{id}` answers: the run as listed, what was asked, and of which container. */
export const storedAnswerSchema = z.object({
  run: historyEntrySchema,
  request: invokeRequestSchema,
  container: z
    .object({
      label: z.string(),
      image: z.string(),
      environment: z.record(z.string(), z.string()),
      release: z.number().nullable(),
      mode: z.string().nullable(),
      engine: z.string().nullable(),
    })
    .nullable(),
  connection: z.object({
    account: z.string().nullable(),
    region: z.string().nullable(),
    host: z.string().nullable(),
  }),
});

export type StoredAnswer = z.infer<typeof storedAnswerSchema>;
