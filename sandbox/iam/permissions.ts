import type { Switches } from "../control/switches.ts";

/**
 * Whether nobody may do an action such as `sagemaker:CreateEndpoint` now; case does not count, and an asterisk at the
 * end of what is denied stands for anything, as policies mostly have it.
 */
export function isDenied({ denied }: Pick<Switches, "denied">, action: string): boolean {
  const name = action.toLowerCase();
  return denied
    .map((pattern) => pattern.toLowerCase())
    .some((pattern) => (pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern));
}
