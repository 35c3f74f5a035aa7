import { z } from "zod";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";

const tag = z.string().trim().min(1).max(50);

const marksSchema = z.strictObject({
  id: z.string().min(1).max(64),
  starred: z.boolean().optional(),
  tags: z.array(tag).max(20).optional(),
  notes: z.string().max(10_000).optional(),
});

const templateSchema = z.strictObject({
  id: z.uuid(),
  name: z.string().trim().min(1).max(100),
  body: z.string().min(1).max(100_000),
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
  const parsed = z.string().min(1).max(64).safeParse(input);
  return parsed.success
    ? succeed(parsed.data)
    : fail(invalid(parsed.error, "Reload the page and try again."));
}

function invalid(error: z.ZodError, hint: string): Failure {
  const field = error.issues[0]?.path.join(".");
  return { code: "invalid", message: "This cannot be kept as it is.", hint, ...(field ? { field } : {}) };
}
