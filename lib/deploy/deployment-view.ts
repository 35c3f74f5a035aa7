import { z } from "zod";
import { ENDPOINT_STATUSES } from "#lib/endpoint/endpoint.ts";
import { planSchema } from "#lib/plan/plan.ts";
import { deploymentProgressSchema } from "./deployment.ts";
import { PHASES } from "./read-phases.ts";

/** A deployment as a list shows it; `createdAt` in epoch ms. */
export const deploymentEntrySchema = z.object({
  id: z.string(),
  kind: z.enum(["endpoint", "component"]),
  /** The name that answers prompts. */
  name: z.string(),
  endpointName: z.string(),
  createdAt: z.number(),
  /** ISO 8601, or null where it is to stay. */
  expiresAt: z.string().nullable(),
  ...deploymentProgressSchema.shape,
});

const phaseSchema = z.object({
  name: z.enum(PHASES),
  state: z.enum(["waiting", "running", "done", "failed"]),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  evidence: z.string().nullable(),
});

/** Everything the page of one deployment shows, read anew at each look. Moments in epoch ms, money in USD. */
export const deploymentViewSchema = z.object({
  deployment: deploymentEntrySchema.extend({ plan: planSchema }),
  /** SageMaker's word for the endpoint or component; null while there is none, or where it cannot be read. */
  status: z.enum(ENDPOINT_STATUSES).nullable(),
  failureReason: z.string().nullable(),
  phases: z.array(phaseSchema),
  log: z.object({
    lines: z.array(z.object({ id: z.string(), at: z.number(), stream: z.string(), text: z.string() })),
    /** Hand it back as `since` to read on. */
    cursor: z.number().nullable(),
    isCut: z.boolean(),
    /** Why the log cannot be read. */
    failure: z.string().nullable(),
  }),
  /** All machines of the deployment; null where the price is unknown. A component starts none. */
  pricePerHour: z.number().nullable(),
  /** From the acceptance on, at that price: an upper bound, since AWS bills from the start of the machine. */
  costSoFar: z.number().nullable(),
  /** When this was read. */
  asOf: z.number(),
});

export type DeploymentView = z.output<typeof deploymentViewSchema>;
