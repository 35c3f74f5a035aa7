import { z } from "zod";
import { httpStatus } from "#app/api/http-status.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { listTags } from "#lib/db/change-run.ts";
import { database } from "#lib/db/database.ts";
import { listRuns } from "#lib/db/list-runs.ts";
import { toRunSummary } from "./run-answers.ts";

export const dynamic = "force-dynamic";

const HEADERS = { "Cache-Control": "no-store" };
const PAGE = 50;

const querySchema = z.object({
  search: z.string().max(500).optional(),
  endpoint: z.string().max(63).optional(),
  tag: z.string().max(50).optional(),
  starred: z.literal("true").optional(),
  /** The last run of the page before: its time and id. */
  before: z
    .string()
    .regex(/^\d{1,15}_[\w-]{1,64}$/)
    .optional(),
});

/** A page of the history, newest first, and the tags in use. */
export async function GET(request: Request): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const parsed = querySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) {
    const failure = { code: "invalid", message: "The history cannot be searched like that." };
    return Response.json({ failure }, { status: 400, headers: HEADERS });
  }
  const opened = await database();
  if (!opened.ok) {
    const status = httpStatus(opened.failure.code);
    return Response.json({ failure: opened.failure }, { status, headers: HEADERS });
  }
  const { search, endpoint, tag, starred, before } = parsed.data;
  const [page, tags] = await Promise.all([
    listRuns(opened.value, {
      search,
      endpointName: endpoint,
      tag,
      starred: starred === "true",
      before: before === undefined ? undefined : cursorOf(before),
      limit: PAGE,
    }),
    listTags(opened.value),
  ]);
  const last = page.more ? page.runs.at(-1) : undefined;
  const next = last === undefined ? null : `${last.createdAt.getTime()}_${last.id}`;
  return Response.json({ runs: page.runs.map(toRunSummary), next, tags }, { headers: HEADERS });
}

function cursorOf(before: string): { createdAt: Date; id: string } {
  const at = before.indexOf("_");
  return { createdAt: new Date(Number(before.slice(0, at))), id: before.slice(at + 1) };
}
