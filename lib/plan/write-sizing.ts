import { isVersionIn } from "#lib/lmi/versions.ts";
import { changeProperties } from "#lib/options/change-properties.ts";
import { findOption } from "#lib/options/option-catalogue.ts";
import { parseProperties, renderProperties } from "#lib/options/parse-properties.ts";
import type { Plan } from "./plan.ts";

/**
 * The configuration with what the sizing decided: the degree, the requests at once and the longest request, each
 * only where the version's back end reads it. The same text where all of it stands there already.
 */
export function writeSizing(plan: Plan): string {
  const { sizing, backend, lmiVersion } = plan;
  const file = parseProperties(plan.properties);
  const wanted: [string, string][] = [
    ["option.tensor_parallel_degree", String(sizing.degree)],
    ["option.max_rolling_batch_size", String(sizing.concurrency)],
    ["option.max_model_len", String(sizing.context)],
  ];
  const read = wanted.filter(([key]) => {
    const row = findOption(key);
    return row?.backends.includes(backend) && isVersionIn(lmiVersion, row.versions, backend);
  });
  return renderProperties(changeProperties(file, Object.fromEntries(read)));
}
