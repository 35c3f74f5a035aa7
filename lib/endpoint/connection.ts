import * as z from "zod/mini";
import { failureSchema } from "#lib/failure-schema.ts";

/** What the top bar says about where every call of this server goes. Never a credential, not even a key id. */
export const connectionSchema = z.object({
  /** Twelve digits, or null when STS did not answer; `failure` then says why. */
  account: z.nullable(z.string()),
  region: z.nullable(z.string()),
  profile: z.nullable(z.string()),
  /** Host and port as the SDK resolved them, for the control plane and for prompts. */
  controlHost: z.nullable(z.string()),
  runtimeHost: z.nullable(z.string()),
  /** True when both hosts are loopback addresses: nothing here costs money. */
  isLocal: z.boolean(),
  failure: z.optional(failureSchema),
});

export type Connection = z.infer<typeof connectionSchema>;
