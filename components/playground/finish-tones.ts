import type { Tone } from "#components/ui/badge.tsx";
import type { FinishReason } from "#lib/run/run-event.ts";

/** How good the news of an ending is, the same wherever it is told. */
export const FINISH_TONES: Record<FinishReason["kind"], Tone> = {
  length: "warn",
  "end-of-text": "good",
  "stop-sequence": "good",
  "tool-calls": "busy",
  "content-filter": "bad",
  interrupted: "bad",
  unknown: "plain",
};
