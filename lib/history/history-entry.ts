import { z } from "zod";
import { FINISH_KINDS, failureSchema } from "#lib/run/run-event.ts";
import { runOriginSchema } from "#lib/run/run-origin.ts";

/** A run as the history lists it; `createdAt` in epoch ms, prompt and answer as excerpts. */
export const historyEntrySchema = z.object({
  id: z.string(),
  createdAt: z.number(),
  endpointName: z.string(),
  account: z.string().nullable(),
  region: z.string().nullable(),
  /** For people, e.g. "LMI v27 (0.36.0), vLLM async"; null where it was not known. */
  container: z.string().nullable(),
  prompt: z.string(),
  answer: z.string(),
  status: z.enum(["running", "finished", "failed", "stopped", "interrupted"]),
  finishReason: z
    .object({ raw: z.string().nullable(), kind: z.enum(FINISH_KINDS), note: z.string().optional() })
    .nullable(),
  failure: z.string().nullable(),
  tokens: z.number(),
  requests: z.number(),
  elapsedMs: z.number().nullable(),
  firstTokenMs: z.number().nullable(),
  confidence: z.number().nullable(),
  starred: z.boolean(),
  tags: z.array(z.string()),
  notes: z.string(),
  parentId: z.string().nullable(),
  origin: runOriginSchema.nullable(),
  /** The experiment it is part of. */
  experimentId: z.string().nullable(),
});

/** What `GET /api/runs` answers: a page, where the next one begins, and the tags in use. */
export const historyPageSchema = z.object({
  runs: z.array(historyEntrySchema),
  next: z.string().nullable(),
  tags: z.array(z.object({ tag: z.string(), runs: z.number() })),
});

/** What `GET /api/templates` answers. */
export const templateListSchema = z.object({
  templates: z.array(z.object({ id: z.string(), name: z.string(), body: z.string() })),
});

export const historyFailureSchema = z.object({ failure: failureSchema });

export type HistoryEntry = z.infer<typeof historyEntrySchema>;
export type HistoryPage = z.infer<typeof historyPageSchema>;
