import "server-only";
import { z } from "zod";
import { failureSchema } from "#lib/failure-schema.ts";
import { runConnectionSchema, runContainerSchema } from "#lib/history/stored-answer.ts";
import { invokeRequestSchema } from "#lib/run/invoke-request.ts";
import { FINISH_KINDS } from "#lib/run/run-event.ts";
import { runOriginSchema } from "#lib/run/run-origin.ts";
import type { runs } from "./schema.ts";

/** The stored forms of what stands in JSON columns, tolerant of what an older version has not written. */
const storedSchema = z.object({
  id: z.string(),
  createdAt: z.date(),
  endpointName: z.string(),
  connection: runConnectionSchema,
  container: z.nullable(runContainerSchema),
  request: invokeRequestSchema,
  promptText: z.string(),
  status: z.enum(["running", "finished", "failed", "stopped", "interrupted"]),
  finishReason: z
    .object({ raw: z.string().nullable(), kind: z.enum(FINISH_KINDS), note: z.string().optional() })
    .nullable(),
  failure: z.nullable(failureSchema),
  generatedText: z.string(),
  tokens: z.number(),
  requests: z.number(),
  elapsedMs: z.number().nullable(),
  firstTokenMs: z.number().nullable(),
  confidence: z.number().nullable(),
  countedTokens: z.number(),
  jointLogProb: z.number().nullable(),
  meanLogProb: z.number().nullable(),
  bitsPerByte: z.number().nullable(),
  starred: z.boolean(),
  tags: z.array(z.string()),
  notes: z.string(),
  parentId: z.string().nullable(),
  origin: z.nullable(runOriginSchema),
  experimentId: z.string().nullable(),
  experimentCell: z.number().nullable(),
});

/** What a run came to, without what was asked, which is the same for every run of an experiment. */
const outcomeSchema = storedSchema.omit({
  createdAt: true,
  endpointName: true,
  connection: true,
  container: true,
  request: true,
  promptText: true,
  starred: true,
  tags: true,
  notes: true,
  parentId: true,
  origin: true,
  experimentId: true,
});

export type RunOutcome = z.infer<typeof outcomeSchema>;

/** The columns of an outcome as they came from the database, parsed. */
export function parseRunOutcome(row: Record<string, unknown>): RunOutcome {
  return outcomeSchema.parse(row);
}

export type StoredRun = z.infer<typeof storedSchema>;
export type RunConnection = z.infer<typeof runConnectionSchema>;
export type RunContainer = z.infer<typeof runContainerSchema>;

/** A row as it came from the database, parsed. Throws where somebody else wrote into our tables. */
export function parseStoredRun(row: typeof runs.$inferSelect): StoredRun {
  return storedSchema.parse(row);
}
