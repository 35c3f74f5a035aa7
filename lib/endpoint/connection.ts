import { z } from "zod";
import { failureSchema } from "#lib/run/run-event.ts";

/** What the top bar says about where every call of this server goes. Never a credential, not even a key id. */
export const connectionSchema = z.object({
  /** Twelve digits, or null when STS did not answer; `failure` then says why. */
  account: z.string().nullable(),
  region: z.string().nullable(),
  profile: z.string().nullable(),
  /** Host and port as the SDK resolved them, for the control plane and for prompts. */
  controlHost: z.string().nullable(),
  runtimeHost: z.string().nullable(),
  /** True when both hosts are loopback addresses: nothing here costs money. */
  isLocal: z.boolean(),
  failure: failureSchema.optional(),
});

export type Connection = z.infer<typeof connectionSchema>;
