import { z } from "zod";
import type { Scope } from "../control/scope.ts";
import { parseJson } from "../json.ts";
import { quotaWrite } from "./applied-value.ts";
import { quotaNamed } from "./catalogue.ts";

const schema = z.object({
  name: z.string().min(1),
  value: z.number().min(0).max(1e10),
  region: z.string().min(1).default("us-east-1"),
});

/** Sets a quota from now on, as `POST /_sandbox/quotas` asks; answers what was set, or a sentence that says why not. */
export function setQuota(
  scopeOf: (region: string) => Scope,
  body: string,
): { name: string; value: number; region: string } | { error: string } {
  const parsed = schema.safeParse(parseJson(body));
  if (!parsed.success) {
    return { error: z.prettifyError(parsed.error) };
  }
  const { name, value, region } = parsed.data;
  const quota = quotaNamed(name);
  if (quota === undefined) {
    return { error: `There is no quota "${name}"; ListServiceQuotas names them all.` };
  }
  const scope = scopeOf(region);
  scope.store.commit([quotaWrite(scope, quota, { at: scope.clock.now(), value })]);
  return { name, value, region };
}
