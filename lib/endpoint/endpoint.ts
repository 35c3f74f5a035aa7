import { z } from "zod";
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
  modelDataUrl: z.string().nullable(),
  /** For people, e.g. "LMI v27 (0.36.0), vLLM async". */
  label: z.string(),
  /** Whether token lines carry log probabilities, and whether alternatives can be asked for. */
  sendsLogProbs: z.boolean().nullable(),
  sendsAlternatives: z.boolean(),
  acceptsMessages: z.boolean(),
  /** What decides how a prompt is written for it. */
  wire: wireFactsSchema,
});

const variantSchema = z.object({
  name: z.string(),
  modelName: z.string().nullable(),
  instanceType: z.string().nullable(),
  currentInstances: z.number().nullable(),
  desiredInstances: z.number().nullable(),
  currentWeight: z.number().nullable(),
  phase: z
    .object({ status: z.string(), message: z.string().nullable(), startedAt: z.number().nullable() })
    .nullable(),
  container: containerSchema.nullable(),
});

const endpointSummarySchema = z.object({
  name: z.string(),
  arn: z.string(),
  status: z.enum(ENDPOINT_STATUSES),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  modifiedAt: z.number(),
});

export const endpointDetailSchema = endpointSummarySchema.extend({
  configName: z.string().nullable(),
  failureReason: z.string().nullable(),
  variants: z.array(variantSchema),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  /** What this server has seen: AWS keeps no history. Oldest first, epoch ms. */
  history: z.array(
    z.object({ status: z.enum(ENDPOINT_STATUSES), at: z.number(), note: z.string().optional() }),
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
