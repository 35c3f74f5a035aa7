import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

const errorSchema = z.object({ message: z.string().optional() });

const testSchema = z.object({
  status: z.string(),
  results: z.array(z.object({ errors: z.array(errorSchema).default([]) })),
});

type Suite = { specs: { title: string; file: string; line: number; tests: Test[] }[]; suites: Suite[] };
type Test = z.infer<typeof testSchema>;

const specSchema = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  tests: z.array(testSchema),
});

const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(specSchema).default([]), suites: z.array(suiteSchema).default([]) }),
);

const reportSchema = z.object({
  errors: z.array(errorSchema).default([]),
  suites: z.array(suiteSchema).default([]),
});

/** Names each journey of a report of Playwright's JSON reporter that failed, with its errors; empty when none did. */
export function explainJourneys(report: unknown): string {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return "";
  const specs = parsed.data.suites.flatMap(specsOf);
  const failures = specs.flatMap(({ title, file, line, tests }) => {
    const failed = tests.filter(({ status }) => status === "unexpected" || status === "flaky");
    return failed.map(({ results }) => [`✗ ${file}:${line} ${title}`, ...results.flatMap(messagesOf)]);
  });
  return [...messagesOf(parsed.data), ...failures.flat()].join("\n");
}

function specsOf(suite: Suite): Suite["specs"] {
  return [...suite.specs, ...suite.suites.flatMap(specsOf)];
}

function messagesOf({ errors }: { errors: z.infer<typeof errorSchema>[] }): string[] {
  return errors.map(({ message = "no message" }) => stripVTControlCharacters(message).replace(/^/gm, "    "));
}
