import "server-only";
import { z } from "zod";

/** An empty variable counts as absent, as it does for the AWS SDK's profile and for a shell's `VAR= command`. */
const text = z
  .string()
  .optional()
  .transform((value) => value?.trim() || null);

const environmentSchema = z.object({ AWS_PROFILE: text }).transform((variables) => ({
  /** The profile the SDK reads credentials from; null: its other sources. */
  profile: variables.AWS_PROFILE,
}));

export type Environment = z.infer<typeof environmentSchema>;

/**
 * What this program itself reads from its environment. Region, credentials and endpoint URLs are not here:
 * the AWS SDK resolves them (variables, shared config, services sections), and asking it is the only way to
 * show what it will really do.
 */
export function parseEnvironment(variables: Record<string, string | undefined>): Environment {
  return environmentSchema.parse(variables);
}

export const env: Environment = parseEnvironment(process.env);
