import { database } from "#lib/db/database.ts";
import { finishRun, startRun } from "#lib/db/record-run.ts";
import type { Result } from "#lib/failure.ts";
import { readCapsule } from "#lib/handover/capsule.ts";
import { unpackCapsule } from "#lib/handover/unpack-capsule.ts";
import { summarizeRun } from "#lib/history/summarize-run.ts";
import { encodeEvent } from "#lib/run/event-lines.ts";

/** How an imported run is found again in the history. */
const TAG = "imported";

/** Puts a run that somebody saved into the history; answers its new id. Fails with `invalid` where the text holds none. */
export async function keepCapsule(text: string): Promise<Result<string>> {
  const capsule = await readCapsule(text);
  if (!capsule.ok) return capsule;
  const opened = await database();
  if (!opened.ok) return opened;
  const id = crypto.randomUUID();
  const { request, events, startedAt } = unpackCapsule(capsule.value, { id, now: Date.now() });
  const { container: label, region, endpointName } = capsule.value;
  const { origin: _ofAnotherHistory, ...asked } = request;
  const messages = request.messages ?? [];
  await startRun(opened.value, {
    id,
    createdAt: new Date(startedAt),
    endpointName,
    connection: { account: null, region, host: null },
    container:
      label === null
        ? null
        : { label, image: null, environment: {}, release: null, mode: null, engine: null },
    request: asked,
    promptText: request.prompt ?? messages.map(({ role, content }) => `${role}: ${content}`).join("\n"),
    parentId: null,
    origin: null,
    tags: [TAG],
  });
  await finishRun(
    opened.value,
    id,
    summarizeRun(events, { stopped: false }),
    events.map(encodeEvent).join(""),
  );
  return { ok: true, value: id };
}
