import * as z from "zod/mini";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";

const tag = z.string().check(z.trim(), z.minLength(1), z.maxLength(50));

const marksSchema = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  starred: z.optional(z.boolean()),
  tags: z.optional(z.array(tag).check(z.maxLength(20))),
  notes: z.optional(z.string().check(z.maxLength(10_000))),
});

const templateSchema = z.strictObject({
  id: z.uuid(),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  body: z.string().check(z.minLength(1), z.maxLength(100_000)),
});

type MarksInput = z.infer<typeof marksSchema>;
type TemplateInput = z.infer<typeof templateSchema>;

/** What a browser wants to write on a run. Tags are trimmed, and each stands once. */
export function parseMarks(input: unknown): Result<MarksInput> {
  const parsed = marksSchema.safeParse(input);
  if (!parsed.success) {
    return fail(
      invalid(parsed.error, "Stars, tags of at most 50 characters and notes of at most 10,000 can be kept."),
    );
  }
  const { tags } = parsed.data;
  return succeed({ ...parsed.data, ...(tags ? { tags: [...new Set(tags)] } : {}) });
}

/** What a browser wants to keep as a template. */
export function parseTemplate(input: unknown): Result<TemplateInput> {
  const parsed = templateSchema.safeParse(input);
  return parsed.success
    ? succeed(parsed.data)
    : fail(invalid(parsed.error, "A template needs a name of at most 100 characters and a text."));
}

/** The id of a run or a template. */
export function parseId(input: unknown): Result<string> {
  const parsed = z.string().check(z.minLength(1), z.maxLength(64)).safeParse(input);
  return parsed.success
    ? succeed(parsed.data)
    : fail(invalid(parsed.error, "Reload the page and try again."));
}

function invalid(error: z.core.$ZodError, hint: string): Failure {
  const field = error.issues[0]?.path.join(".");
  return { code: "invalid", message: "This cannot be kept as it is.", hint, ...(field ? { field } : {}) };
}
