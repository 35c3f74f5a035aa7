"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { TextArea } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Step } from "#lib/conversation/family-tree.ts";
import { type Message, systemOf } from "#lib/conversation/next-messages.ts";
import { turnsBefore } from "#lib/conversation/thread.ts";
import { Walk } from "./walk.tsx";

/** The chat up to the answer that is shown below it. */
export function ChatThread({
  messages,
  path,
  note,
  disabled,
  onEdit,
  onOpen,
  onNew,
}: {
  messages: readonly Message[];
  /** The way to the run that is shown. */
  path: readonly Step[];
  /** How the chat was written for the container. */
  note: string | null;
  disabled: boolean;
  /** Asks with other words in the place of the question with this number, from 0. */
  onEdit: (turn: number, content: string) => void;
  onOpen: (runId: string) => void;
  onNew: () => void;
}) {
  const turns = turnsBefore(messages, path);
  const system = systemOf(messages);
  const last = messages.at(-1)?.content ?? "";
  return (
    <Panel
      title="Conversation"
      className="min-w-0 2xl:col-span-1"
      aside={
        <Button size="small" look="quiet" onClick={onNew}>
          New conversation
        </Button>
      }
      bodyClassName="max-h-[60dvh] space-y-3 overflow-y-auto p-4"
    >
      {system === "" ? null : (
        <p className="whitespace-pre-wrap text-xs text-muted [overflow-wrap:anywhere]" dir="auto">
          <span className="font-medium">System</span> {system}
        </p>
      )}
      <ol className="space-y-3" aria-label="Turns">
        {turns.map((turn, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a turn is its place in the chat.
          <li key={number} className="space-y-2">
            <UserTurn
              content={turn.question}
              step={turn.step}
              disabled={disabled}
              onEdit={(content) => onEdit(number, content)}
              onOpen={onOpen}
            />
            <ModelTurn content={turn.answer} step={turn.step} onOpen={onOpen} />
          </li>
        ))}
        <li>
          <UserTurn
            content={last}
            step={path.at(-1) ?? null}
            disabled={disabled}
            onEdit={(content) => onEdit(turns.length, content)}
            onOpen={onOpen}
          />
        </li>
      </ol>
      {note === null ? null : <p className="text-xs text-muted">{note}</p>}
    </Panel>
  );
}

const BUBBLE = "w-fit max-w-[85%] whitespace-pre-wrap rounded-xl px-3 py-2 text-sm [overflow-wrap:anywhere]";

function UserTurn({
  content,
  step,
  disabled,
  onEdit,
  onOpen,
}: {
  content: string;
  step: Step | null;
  disabled: boolean;
  onEdit: (content: string) => void;
  onOpen: (runId: string) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const questions = step?.questions ?? [];
  if (draft !== null) {
    return (
      <div className="ml-auto max-w-[85%] space-y-2">
        <TextArea
          aria-label="Edit the question"
          rows={3}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button size="small" look="quiet" onClick={() => setDraft(null)}>
            Cancel
          </Button>
          <Button
            size="small"
            look="primary"
            disabled={disabled || draft.trim() === ""}
            onClick={() => {
              onEdit(draft);
              setDraft(null);
            }}
          >
            Ask instead
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div>
      <p className="sr-only">You</p>
      <p className={classNames(BUBBLE, "ml-auto bg-accent-soft")} dir="auto">
        {content}
      </p>
      <div className="mt-1 flex items-center justify-end gap-1">
        <Walk
          what="question"
          position={questions.findIndex((question) => question === step?.question)}
          count={questions.length}
          onStep={(position) => openLatest(questions[position]?.answers.at(-1)?.run.id, onOpen)}
        />
        <Button size="small" look="quiet" disabled={disabled} onClick={() => setDraft(content)}>
          Edit
        </Button>
      </div>
    </div>
  );
}

function ModelTurn({
  content,
  step,
  onOpen,
}: {
  content: string;
  step: Step | null;
  onOpen: (runId: string) => void;
}) {
  const answers = step?.question.answers ?? [];
  const runId = step?.answer.run.id;
  return (
    <div>
      <p className="sr-only">Model</p>
      <p className={classNames(BUBBLE, "bg-sunken")} dir="auto">
        {content}
      </p>
      {runId === undefined ? null : (
        <div className="mt-1 flex items-center gap-1">
          <Walk
            what="answer"
            position={answers.findIndex(({ run }) => run.id === runId)}
            count={answers.length}
            onStep={(position) => openLatest(answers[position]?.run.id, onOpen)}
          />
          <Button size="small" look="quiet" onClick={() => onOpen(runId)}>
            Look inside
          </Button>
        </div>
      )}
    </div>
  );
}

function openLatest(runId: string | undefined, onOpen: (runId: string) => void) {
  if (runId !== undefined) onOpen(runId);
}
