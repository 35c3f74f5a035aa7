import { getConnection } from "#lib/aws/get-connection.ts";
import { database } from "#lib/db/database.ts";
import type { Database } from "#lib/db/open-database.ts";
import { appendRunLines, finishRun, startRun } from "#lib/db/record-run.ts";
import type { RunContainer } from "#lib/db/stored-run.ts";
import type { RunRecorder } from "#lib/history/live-runs.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";

/** The experiment a run is part of, and which of its cells it runs. */
export type CellPlace = { experimentId: string; position: number };

/**
 * Writes a run into the history, beside the request and never before it: a database that is slow or away costs
 * the history, not the answer.
 */
export function recordInHistory(run: {
  id: string;
  createdAt: Date;
  request: InvokeRequest;
  container: RunContainer | null;
  cell?: CellPlace;
}): RunRecorder {
  const begun = begin(run);
  // Looked at again by the first write; without this the process would complain of a rejection nobody handles.
  begun.catch(() => undefined);
  return {
    append: async (sequence, lines) => appendRunLines(await begun, run.id, sequence, lines),
    finish: async (summary, lines) => finishRun(await begun, run.id, summary, lines),
  };
}

async function begin({
  id,
  createdAt,
  request,
  container,
  cell,
}: Parameters<typeof recordInHistory>[0]): Promise<Database> {
  const [opened, connection] = await Promise.all([database(), getConnection()]);
  if (!opened.ok) throw new Error(opened.failure.message);
  const { account, region, runtimeHost } = connection;
  const { keepRunning: _notTheRuns, origin, ...asked } = request;
  await startRun(opened.value, {
    id,
    createdAt,
    endpointName: request.endpointName,
    connection: { account, region, host: runtimeHost },
    container,
    request: asked,
    promptText: promptText(request),
    parentId: origin !== undefined && "parentId" in origin ? origin.parentId : null,
    origin: origin ?? null,
    ...(cell ? { experimentId: cell.experimentId, experimentCell: cell.position } : {}),
  });
  return opened.value;
}

function promptText({ prompt, messages }: InvokeRequest): string {
  return prompt ?? (messages ?? []).map(({ role, content }) => `${role}: ${content}`).join("\n");
}
