import type { Variant } from "#lib/endpoint/endpoint.ts";
import { UNKNOWN_FACTS, type WireFacts } from "#lib/wire/wire-facts.ts";

/**
 * What is known of the container that a prompt to an endpoint reaches. SageMaker draws a variant by weight, so it is
 * known only where all of them are alike.
 */
export function wireFactsOf(variants: readonly Pick<Variant, "container">[]): WireFacts {
  const [first, ...others] = variants.map(({ container }) => container?.wire ?? UNKNOWN_FACTS);
  if (first === undefined) return UNKNOWN_FACTS;
  return others.every((other) => isAlike(first, other)) ? first : UNKNOWN_FACTS;
}

function isAlike(one: WireFacts, other: WireFacts): boolean {
  return (
    one.release === other.release &&
    one.mode === other.mode &&
    one.engine === other.engine &&
    one.compat === other.compat
  );
}
