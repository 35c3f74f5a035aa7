import * as z from "zod/mini";
import { historyEntrySchema } from "#lib/history/history-entry.ts";
import { invokeRequestSchema } from "#lib/run/invoke-request.ts";

/** A container as it was when it answered; null where nobody told. */
export const runContainerSchema = z.object({
  label: z.string(),
  /** Null for a run that was handed over: its capsule does not tell. */
  image: z.nullable(z.string()),
  environment: z.record(z.string(), z.string()),
  release: z.nullable(z.number()),
  mode: z.nullable(z.string()),
  engine: z.nullable(z.string()),
});

/** Where a run was asked. */
export const runConnectionSchema = z.object({
  account: z.nullable(z.string()),
  region: z.nullable(z.string()),
  host: z.nullable(z.string()),
});

/** What `GET /api/runs/{id}` answers: the run as listed, what was asked, and of which container. */
export const storedAnswerSchema = z.object({
  run: historyEntrySchema,
  request: invokeRequestSchema,
  container: z.nullable(runContainerSchema),
  connection: runConnectionSchema,
});

export type StoredAnswer = z.infer<typeof storedAnswerSchema>;
