import "server-only";
import { z } from "zod";

/** An empty variable counts as absent, as it does for the AWS SDK's profile and for a shell's `VAR= command`. */
const text = z
  .string()
  .optional()
  .transform((value) => value?.trim() || null);

const environmentSchema = z
  .object({ AWS_PROFILE: text, DATABASE_URL: text, SAGESCOPE_DATABASE: text, SAGESCOPE_HOME: text })
  .transform((variables) => ({
    /** The profile the SDK reads credentials from; null: its other sources. */
    profile: variables.AWS_PROFILE,
    /** A PostgreSQL server for the history; null: PGlite in a thread of this process, in `databaseFolder`. */
    databaseUrl: variables.DATABASE_URL,
    databaseFolder: variables.SAGESCOPE_DATABASE ?? ".sagescope/database",
    /** Where the project's own files lie; null: the working directory. */
    home: variables.SAGESCOPE_HOME,
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
