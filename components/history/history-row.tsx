"use client";

import Link from "next/link";
import { useState } from "react";
import { FINISH_TONES } from "#components/playground/finish-tones.ts";
import { formatDuration, formatProbability } from "#components/playground/format-score.ts";
import { Age } from "#components/ui/age.tsx";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { describeOrigin } from "#lib/conversation/describe-origin.ts";
import type { HistoryEntry } from "#lib/history/history-entry.ts";
import { describeFinish } from "#lib/score/describe-finish.ts";
import { HistoryMarks } from "./history-marks.tsx";

export type RowActions = {
  onMark: (marks: { starred?: boolean; tags?: string[]; notes?: string }) => void;
  onDelete: () => void;
  onTag: (tag: string) => void;
};

const STATUS: Record<HistoryEntry["status"], { tone: Tone; label: string }> = {
  running: { tone: "busy", label: "Running" },
  finished: { tone: "good", label: "Finished" },
  failed: { tone: "bad", label: "Failed" },
  stopped: { tone: "plain", label: "Stopped by you" },
  interrupted: { tone: "warn", label: "Interrupted" },
};

/** One run: what was asked, what came, and what people wrote on it. */
export function HistoryRow({ entry, onMark, onDelete, onTag }: { entry: HistoryEntry } & RowActions) {
  const [open, setOpen] = useState(false);
  const title = entry.prompt.trim().split("\n")[0] ?? "";
  return (
    <li className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex items-start gap-3">
        <Button
          look="quiet"
          size="small"
          aria-pressed={entry.starred}
          aria-label={`Star: ${title}`}
          className="mt-0.5 text-base leading-none aria-pressed:text-accent"
          onClick={() => onMark({ starred: !entry.starred })}
        >
          {entry.starred ? "★" : "☆"}
        </Button>
        <div className="min-w-0 flex-1 space-y-1">
          <p className="truncate text-sm font-medium" dir="auto">
            {title || "(empty prompt)"}
          </p>
          <p className="line-clamp-2 text-sm text-muted" dir="auto">
            {entry.failure ?? entry.answer.trim()}
          </p>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
            <StatusBadge entry={entry} />
            <Age moment={entry.createdAt} />
            <span>{entry.endpointName}</span>
            <span className="tabular-nums">
              {entry.tokens} token{entry.tokens === 1 ? "" : "s"}
              {entry.requests > 1 ? ` in ${entry.requests} requests` : ""}
            </span>
            {entry.elapsedMs === null ? null : <span>{formatDuration(entry.elapsedMs)}</span>}
            {entry.confidence === null ? null : (
              <span title="exp(mean log probability): how expected the words were, not the chance of being right">
                confidence {formatProbability(entry.confidence)}
              </span>
            )}
            {entry.origin === null ? null : <span dir="auto">{describeOrigin(entry.origin)}</span>}
            {entry.experimentId === null ? null : (
              <Link href={`/experiments/${entry.experimentId}`} className="underline hover:text-ink">
                Part of an experiment
              </Link>
            )}
            {entry.tags.map((tag) => (
              <button
                key={tag}
                type="button"
                className="rounded-full bg-sunken px-2 py-0.5 hover:text-ink"
                onClick={() => onTag(tag)}
              >
                #{tag}
              </button>
            ))}
          </div>
          {entry.notes === "" || open ? null : (
            <p className="whitespace-pre-wrap text-xs" dir="auto">
              {entry.notes}
            </p>
          )}
          {open ? <HistoryMarks entry={entry} onMark={onMark} /> : null}
        </div>
        <div className="flex shrink-0 flex-wrap justify-end gap-1">
          <Link
            className={buttonClass("secondary", "small")}
            href={`/playground?endpoint=${encodeURIComponent(entry.endpointName)}&run=${encodeURIComponent(entry.id)}`}
          >
            Open
          </Link>
          <Button size="small" look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            Notes
          </Button>
          <Button size="small" look="quiet" onClick={onDelete}>
            Delete
          </Button>
        </div>
      </div>
    </li>
  );
}

function StatusBadge({ entry }: { entry: HistoryEntry }) {
  const { tone, label } = STATUS[entry.status];
  const finish = entry.status === "finished" ? entry.finishReason : null;
  return (
    <Badge tone={finish ? FINISH_TONES[finish.kind] : tone} pulse={entry.status === "running"}>
      {finish ? describeFinish(finish).title : label}
    </Badge>
  );
}
