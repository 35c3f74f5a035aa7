import * as z from "zod/mini";
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
  expiresAt: z.nullable(z.string()),
  ...deploymentProgressSchema.shape,
});

const phaseSchema = z.object({
  name: z.enum(PHASES),
  state: z.enum(["waiting", "running", "done", "failed"]),
  startedAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  evidence: z.nullable(z.string()),
});

/** Everything the page of one deployment shows, read anew at each look. Moments in epoch ms, money in USD. */
export const deploymentViewSchema = z.object({
  deployment: z.extend(deploymentEntrySchema, { plan: planSchema }),
  /** SageMaker's word for the endpoint or component; null while there is none, or where it cannot be read. */
  status: z.nullable(z.enum(ENDPOINT_STATUSES)),
  failureReason: z.nullable(z.string()),
  phases: z.array(phaseSchema),
  log: z.object({
    lines: z.array(z.object({ id: z.string(), at: z.number(), stream: z.string(), text: z.string() })),
    /** Hand it back as `since` to read on. */
    cursor: z.nullable(z.number()),
    isCut: z.boolean(),
    /** Why the log cannot be read. */
    failure: z.nullable(z.string()),
  }),
  /** All machines of the deployment; null where the price is unknown. A component starts none. */
  pricePerHour: z.nullable(z.number()),
  /** From the acceptance on, at that price: an upper bound, since AWS bills from the start of the machine. */
  costSoFar: z.nullable(z.number()),
  /** When this was read. */
  asOf: z.number(),
});

export type DeploymentView = z.output<typeof deploymentViewSchema>;
