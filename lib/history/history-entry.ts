import * as z from "zod/mini";
import { failureSchema } from "#lib/failure-schema.ts";
import { FINISH_KINDS } from "#lib/run/run-event.ts";
import { runOriginSchema } from "#lib/run/run-origin.ts";

/** A run as the history lists it; `createdAt` in epoch ms, prompt and answer as excerpts. */
export const historyEntrySchema = z.object({
  id: z.string(),
  createdAt: z.number(),
  endpointName: z.string(),
  account: z.nullable(z.string()),
  region: z.nullable(z.string()),
  /** For people, e.g. "LMI v27 (0.36.0), vLLM async"; null where it was not known. */
  container: z.nullable(z.string()),
  prompt: z.string(),
  answer: z.string(),
  status: z.enum(["running", "finished", "failed", "stopped", "interrupted"]),
  finishReason: z.nullable(
    z.object({ raw: z.nullable(z.string()), kind: z.enum(FINISH_KINDS), note: z.optional(z.string()) }),
  ),
  failure: z.nullable(z.string()),
  tokens: z.number(),
  requests: z.number(),
  elapsedMs: z.nullable(z.number()),
  firstTokenMs: z.nullable(z.number()),
  confidence: z.nullable(z.number()),
  starred: z.boolean(),
  tags: z.array(z.string()),
  notes: z.string(),
  parentId: z.nullable(z.string()),
  origin: z.nullable(runOriginSchema),
  /** The experiment it is part of. */
  experimentId: z.nullable(z.string()),
});

/** What `GET /api/runs` answers: a page, where the next one begins, and the tags in use. */
export const historyPageSchema = z.object({
  runs: z.array(historyEntrySchema),
  next: z.nullable(z.string()),
  tags: z.array(z.object({ tag: z.string(), runs: z.number() })),
});

/** What `GET /api/templates` answers. */
export const templateListSchema = z.object({
  templates: z.array(z.object({ id: z.string(), name: z.string(), body: z.string() })),
});

export const historyFailureSchema = z.object({ failure: failureSchema });

export type HistoryEntry = z.infer<typeof historyEntrySchema>;
export type HistoryPage = z.infer<typeof historyPageSchema>;
