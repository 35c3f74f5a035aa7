import { fail, type Result, succeed } from "#lib/failure.ts";
import { type Plan, planSchema } from "./plan.ts";

/** A plan that came from a browser or a file. Fails with `invalid`, naming the field at fault. */
export function parsePlan(input: unknown): Result<Plan> {
  const parsed = planSchema.safeParse(input);
  if (parsed.success) return succeed(parsed.data);
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  return fail({
    code: "invalid",
    message: field === "" ? "This is no plan." : `The plan's ${field} cannot be read.`,
    hint: "Change it in the wizard, or begin anew.",
    ...(field === "" ? {} : { field }),
  });
}
