import "server-only";
import { isSecretName } from "#lib/endpoint/secret-name.ts";

export const MASK = "••••••••";

/**
 * The container's environment with every value masked whose name looks secret. Names of options that merely
 * speak about tokens (`OPTION_MAX_TOKENS`, `TOKENIZER`) stay readable.
 */
export function maskEnvironment(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, isSecretName(name) ? MASK : value]),
  );
}
