import { explain, invalid } from "#app/api/explain-schema.ts";
import { checkWords } from "#app/api/invoke/parse-invoke-request.ts";
import { type ExperimentSpec, experimentSpecSchema } from "#lib/experiment/experiment-spec.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";

/** The body of `POST /api/experiments`, or what is wrong with it, by field. */
export function parseExperiment(text: string): Result<ExperimentSpec> {
  const parsed = experimentSpecSchema.safeParse(parseJson(text), { reportInput: true });
  if (!parsed.success) return fail(explain(parsed.error));
  const failure = checkWords(parsed.data.request);
  if (failure === null) return succeed(parsed.data);
  return fail(invalid(failure.message, `request.${failure.field}`, failure.hint));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
