import * as z from "zod/mini";
import { wireFactsSchema } from "#lib/wire/wire-facts.ts";

/** SageMaker's EndpointStatus; a word that AWS adds later arrives as `Unknown`. */
export const ENDPOINT_STATUSES = [
  "Creating",
  "InService",
  "Updating",
  "SystemUpdating",
  "RollingBack",
  "Deleting",
  "Failed",
  "OutOfService",
  "UpdateRollbackFailed",
  "Unknown",
] as const;

/** Which LMI container an endpoint runs, as far as its image and environment tell. */
const containerSchema = z.object({
  image: z.string(),
  /** Container environment; values of names that look secret are masked on the server. */
  environment: z.record(z.string(), z.string()),
  modelDataUrl: z.nullable(z.string()),
  /** For people, e.g. "LMI v27 (0.36.0), vLLM async". */
  label: z.string(),
  /** Whether token lines carry log probabilities, and whether alternatives can be asked for. */
  sendsLogProbs: z.nullable(z.boolean()),
  sendsAlternatives: z.boolean(),
  acceptsMessages: z.boolean(),
  /** What decides how a prompt is written for it. */
  wire: wireFactsSchema,
});

const variantSchema = z.object({
  name: z.string(),
  modelName: z.nullable(z.string()),
  instanceType: z.nullable(z.string()),
  currentInstances: z.nullable(z.number()),
  desiredInstances: z.nullable(z.number()),
  currentWeight: z.nullable(z.number()),
  phase: z.nullable(
    z.object({ status: z.string(), message: z.nullable(z.string()), startedAt: z.nullable(z.number()) }),
  ),
  container: z.nullable(containerSchema),
});

const endpointSummarySchema = z.object({
  name: z.string(),
  arn: z.string(),
  status: z.enum(ENDPOINT_STATUSES),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  modifiedAt: z.number(),
  /** Epoch ms at which it was meant to be gone; absent where no tag says so, or tags could not be searched. */
  expiresAt: z.optional(z.number()),
});

export const endpointDetailSchema = z.extend(endpointSummarySchema, {
  configName: z.nullable(z.string()),
  failureReason: z.nullable(z.string()),
  variants: z.array(variantSchema),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  /** What this server has seen: AWS keeps no history. Oldest first, epoch ms. */
  history: z.array(
    z.object({ status: z.enum(ENDPOINT_STATUSES), at: z.number(), note: z.optional(z.string()) }),
  ),
});

export const endpointListSchema = z.object({
  endpoints: z.array(endpointSummarySchema),
  /** Epoch ms at which AWS gave this list. */
  asOf: z.number(),
});

export type EndpointStatus = (typeof ENDPOINT_STATUSES)[number];
export type EndpointSummary = z.infer<typeof endpointSummarySchema>;
export type EndpointDetail = z.infer<typeof endpointDetailSchema>;
export type Variant = z.infer<typeof variantSchema>;
export type Container = z.infer<typeof containerSchema>;
