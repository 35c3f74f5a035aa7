import "server-only";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { readAwsError } from "./aws-error.ts";
import { awsFailure } from "./aws-failure.ts";
import { cloudWatchLogs } from "./clients.ts";

/** One line a container wrote. `stream` is `{variant}/{instance}`; `at` in epoch ms. */
type LogLine = { id: string; at: number; stream: string; text: string };

/** `cursor`: where the next reading goes on, epoch ms of the newest line seen. */
export type EndpointLog = { lines: LogLine[]; cursor: number | null; isCut: boolean };

const LINES_PER_READ = 500;
/** A page may be empty and have a token all the same (API reference, FilterLogEvents). */
const MAX_PAGES = 6;

/**
 * What the containers of an endpoint wrote from `since` (epoch ms) on, oldest first, at most 500 lines: `isCut`
 * says that there are more. Before the container starts there is no log group, which is an empty log and no
 * failure. Needs `logs:FilterLogEvents` on `/aws/sagemaker/Endpoints/*`, or `InferenceComponents/*`.
 */
export async function readEndpointLogs({
  name,
  kind,
  since,
}: {
  name: string;
  kind: "endpoint" | "component";
  since: number | null;
}): Promise<Result<EndpointLog>> {
  const group = kind === "endpoint" ? "Endpoints" : "InferenceComponents";
  const lines: LogLine[] = [];
  let token: string | undefined;
  try {
    for (let page = 0; page < MAX_PAGES && lines.length < LINES_PER_READ; page += 1) {
      const answer = await cloudWatchLogs().send(
        new FilterLogEventsCommand({
          logGroupName: `/aws/sagemaker/${group}/${name}`,
          limit: LINES_PER_READ - lines.length,
          ...(since === null ? {} : { startTime: since }),
          ...(token === undefined ? {} : { nextToken: token }),
        }),
      );
      for (const event of answer.events ?? []) {
        lines.push({
          id: event.eventId ?? `${event.timestamp}-${lines.length}`,
          at: event.timestamp ?? 0,
          stream: event.logStreamName ?? "",
          text: event.message ?? "",
        });
      }
      token = answer.nextToken;
      if (token === undefined) break;
    }
    return succeed({ lines, cursor: lines.at(-1)?.at ?? since, isCut: token !== undefined });
  } catch (error) {
    if (readAwsError(error).name === "ResourceNotFoundException") {
      return succeed({ lines: [], cursor: since, isCut: false });
    }
    return fail(awsFailure(error));
  }
}
