import * as z from "zod/mini";
import { httpStatus } from "#app/api/http-status.ts";
import { readCappedBody } from "#app/api/read-capped-body.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { listTags } from "#lib/db/change-run.ts";
import { database } from "#lib/db/database.ts";
import { listRuns } from "#lib/db/list-runs.ts";
import { type Failure, fail } from "#lib/failure.ts";
import { LARGEST_CAPSULE } from "#lib/handover/capsule.ts";
import { keepCapsule } from "./keep-capsule.ts";
import { toRunSummary } from "./run-answers.ts";

export const dynamic = "force-dynamic";

const HEADERS = { "Cache-Control": "no-store" };
const PAGE = 50;

const TOO_LARGE: Failure = { code: "invalid", message: "This file is larger than 64 MB, which no run is." };

const querySchema = z.object({
  search: z.optional(z.string().check(z.maxLength(500))),
  endpoint: z.optional(z.string().check(z.maxLength(63))),
  tag: z.optional(z.string().check(z.maxLength(50))),
  starred: z.optional(z.literal("true")),
  experiments: z.optional(z.literal("true")),
  /** The last run of the page before: its time and id. */
  before: z.optional(z.string().check(z.regex(/^\d{1,15}_[\w-]{1,64}$/))),
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
  const { search, endpoint, tag, starred, experiments, before } = parsed.data;
  const [page, tags] = await Promise.all([
    listRuns(opened.value, {
      search,
      endpointName: endpoint,
      tag,
      starred: starred === "true",
      withExperiments: experiments === "true",
      before: before === undefined ? undefined : cursorOf(before),
      limit: PAGE,
    }),
    listTags(opened.value),
  ]);
  const last = page.more ? page.runs.at(-1) : undefined;
  const next = last === undefined ? null : `${last.createdAt.getTime()}_${last.id}`;
  return Response.json({ runs: page.runs.map(toRunSummary), next, tags }, { headers: HEADERS });
}

/**
 * Takes a run that somebody saved (a capsule, its page, or recorded lines, as the body's text) into the history, and
 * answers its id there.
 */
export async function POST(request: Request): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const text = await readCappedBody(request, LARGEST_CAPSULE);
  const kept = text === null ? fail(TOO_LARGE) : await keepCapsule(text);
  if (kept.ok) return Response.json({ id: kept.value }, { status: 201, headers: HEADERS });
  return Response.json(
    { failure: kept.failure },
    { status: httpStatus(kept.failure.code), headers: HEADERS },
  );
}

function cursorOf(before: string): { createdAt: Date; id: string } {
  const at = before.indexOf("_");
  return { createdAt: new Date(Number(before.slice(0, at))), id: before.slice(at + 1) };
}
