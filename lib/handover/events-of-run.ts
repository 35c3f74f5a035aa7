import type { RunState } from "#lib/run/reduce-run.ts";
import type { RunEvent } from "#lib/run/run-event.ts";

/**
 * The events that a run can be folded from again: the other way of `reduceRun`, for a run that is over. Lines of
 * the wire that brought no token are not among them.
 */
export function eventsOfRun(run: RunState, endpointName: string): RunEvent[] {
  const events: RunEvent[] = [
    {
      type: "run-start",
      runId: run.runId ?? "run",
      endpointName,
      startedAt: run.startedAt ?? 0,
      dialect: run.dialect ?? "lmi",
      requestBody: run.requestBody ?? "",
      ...(run.leftOut.length === 0 ? {} : { leftOut: run.leftOut }),
    },
  ];
  let part = 0;
  for (const token of run.tokens) {
    while (part < token.part) {
      const ended = run.parts.find(({ index }) => index === part);
      const note = ended?.note ? { note: ended.note } : {};
      events.push({
        type: "part-end",
        part,
        finishReason: ended?.finishReason ?? null,
        ...note,
        at: token.at,
      });
      part += 1;
    }
    events.push(token);
  }
  const { generatedText, tokenCount: tokens, requests, failure } = run;
  const at = run.elapsed ?? 0;
  const answered = run.answered === null ? {} : { answered: run.answered };
  if (failure !== null) {
    events.push({ type: "run-error", failure, generatedText, tokens, requests, at, ...answered });
  } else {
    const finishReason = run.finishReason ?? { raw: null, kind: "interrupted" };
    events.push({
      type: "run-end",
      finishReason,
      generatedText,
      tokens,
      requests,
      at,
      ...answered,
      ...(run.otherAnswers.length === 0 ? {} : { otherAnswers: run.otherAnswers }),
      ...(run.stoppedBy === null ? {} : { stoppedBy: run.stoppedBy }),
    });
  }
  return events;
}
