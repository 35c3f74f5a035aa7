import type { LogLine, LogPlace } from "../log-line.ts";
import type { Engines } from "./engines.ts";

type Variant = { readonly name: string; readonly environment: Readonly<Record<string, string>> };

/**
 * Settles the status of every engine that these variants need before their endpoint's life is decided, and
 * writes down why one cannot answer: SageMaker's `FailureReason` only says where to look.
 */
export async function probeEngines(
  engines: Engines,
  variants: readonly Variant[],
  place: Omit<LogPlace, "variant">,
  logLine: LogLine,
): Promise<void> {
  const needed = new Set(variants.map((variant) => engines.engineOf(variant.environment)));
  // An optional one decides nothing, so nobody waits for it to load.
  await Promise.all([...needed].map((engine) => (engine.isOptional ? undefined : engine.probe())));
  for (const variant of variants) {
    const { trouble } = engines.stateOf(variant.environment);
    if (trouble !== undefined) logLine({ ...place, variant: variant.name }, trouble);
  }
}
