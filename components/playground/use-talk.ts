"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { buildFamilyTree, pathTo } from "#lib/conversation/family-tree.ts";
import { editedMessages, firstMessages, replyMessages } from "#lib/conversation/next-messages.ts";
import type { Settings } from "#lib/run/build-request.ts";
import { cutRun } from "#lib/run/cut-run.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import type { RunState } from "#lib/run/reduce-run.ts";
import type { RunOrigin } from "#lib/run/run-origin.ts";
import { familyQuery } from "./queries.ts";
import type { BranchPoint, RunStore } from "./run-store.ts";
import { useAnnouncedRun, useStoredRun } from "./use-stored-run.ts";

/** The words of a chat: its system prompt, the next message, and whether it goes out as plain text. */
type ChatWords = { system: string; message: string; plainText: boolean };

/**
 * Every way in which one run leads to another: asked on, sent again, answered anew, edited, continued, branched.
 * `readSettings` gives the form's settings, or null where it has said what is wrong with them.
 */
export function useTalk({
  store,
  run,
  shown,
  onShow,
  onOpened,
  readSettings,
}: {
  store: RunStore;
  /** Its run as far as it matters here: whole when it is over. */
  run: RunState;
  /** The run that the address names. */
  shown: string;
  onShow: (runId: string) => void;
  /** A run of the history was opened: what was asked. */
  onOpened: (request: InvokeRequest) => void;
  readSettings: () => Settings | null;
}) {
  /** What the answer that is shown was asked with, from its first request on. */
  const [asked, setAsked] = useState<InvokeRequest | null>(null);
  const running = run.status === "connecting" || run.status === "streaming";
  // Left of a run that this one goes on from and that is no longer in the history.
  const earlierText = asked?.answerSoFar ?? "";

  // The address names the run that is shown: a reload, or a link of the history, opens it again.
  const missing = useStoredRun(shown, run.status === "idle", (chain) => {
    const first = chain[0];
    if (first === undefined) return;
    // A recording does not tell what was asked: it can be read, and not gone on with.
    const isTold = first.request.prompt !== undefined || first.request.messages !== undefined;
    setAsked(isTold ? { ...first.request, ...limitsOf(chain.at(-1)?.request) } : null);
    onOpened(first.request);
    store.open(
      chain.map(({ run: { id, origin } }) => ({
        runId: id,
        from: origin?.kind === "branch" ? origin : null,
      })),
    );
  });
  useAnnouncedRun(run.runId, onShow);

  const family =
    useQuery({ ...familyQuery(run.runId ?? "", running), enabled: run.runId !== null }).data ?? [];
  // A query keeps its last answer for a while: of another family it would be a lie.
  const roots = family.some(({ id }) => id === run.runId) ? buildFamilyTree(family) : [];
  const path = run.runId === null ? [] : pathTo(roots, run.runId);

  function begin(request: InvokeRequest) {
    if (running) return;
    setAsked(request);
    onShow("");
    store.start(request);
  }

  /** What leads on from the run that is shown; nothing where the history does not know it. */
  function from(kind: Exclude<RunOrigin["kind"], "branch">, parentId = run.runId): { origin?: RunOrigin } {
    return parentId === null ? {} : { origin: { kind, parentId } };
  }

  /** The words of the run that is shown, with the form's settings of now. */
  function again(kind: "retry" | "regenerate") {
    const settings = readSettings();
    if (settings && asked) begin({ ...wordsOf(asked), ...settings, ...from(kind) });
  }

  function say({ system, message, plainText }: ChatWords) {
    const settings = readSettings();
    if (!settings) return;
    const earlier = asked?.messages;
    begin({
      ...settings,
      ...(plainText ? { plainText } : {}),
      messages: earlier
        ? replyMessages(earlier, run.generatedText, system, message)
        : firstMessages(system, message),
      ...(earlier ? from("reply") : {}),
    });
  }

  /** Other words in the place of a question of the chat, the first one being 0. */
  function edit(turn: number, content: string) {
    const settings = readSettings();
    const messages = asked?.messages ?? [];
    const places = [...messages.entries()].filter(([, { role }]) => role === "user").map(([at]) => at);
    const place = places[turn];
    if (!settings || !asked || place === undefined) return;
    // The way may be shorter than the chat: earlier runs can have been deleted.
    const step = path.at(turn - places.length);
    begin({
      ...settings,
      ...(asked.plainText ? { plainText: true } : {}),
      messages: editedMessages(messages.slice(0, place + 1), content),
      ...(step ? from("edit", step.answer.run.id) : {}),
    });
  }

  function proceed() {
    const settings = readSettings();
    if (!settings || !asked || running || run.generatedText === "") return;
    setAsked({ ...asked, ...limitsOf(settings) });
    // The original words go on, whatever is being typed by now; parameters are those of the form.
    const words = { ...wordsOf(asked), answerSoFar: earlierText + run.generatedText };
    store.proceed({ ...settings, endpointName: asked.endpointName, ...words, ...from("continue") });
  }

  function branch(point: BranchPoint) {
    const settings = readSettings();
    if (!settings || !asked || running) return;
    const kept = cutRun(run, point.tokenIndex, null).generatedText + point.text;
    // Nothing is kept of an answer that is asked anew from its first token.
    if (kept === "") return again("regenerate");
    const origin =
      run.runId === null ? {} : { origin: { kind: "branch" as const, parentId: run.runId, ...point } };
    setAsked({ ...asked, ...limitsOf(settings) });
    const words = { ...wordsOf(asked), answerSoFar: earlierText + kept };
    store.branch({ ...settings, endpointName: asked.endpointName, ...words, ...origin }, point);
  }

  return {
    asked,
    earlierText,
    running,
    missing,
    roots,
    path,
    begin,
    again,
    say,
    edit,
    proceed,
    branch,
    /** Shows a run of the history in the place of the one that is shown. */
    openRun(runId: string) {
      onShow(runId);
      store.clear();
    },
    /** Shows nothing, to begin with something new. */
    forget() {
      onShow("");
      setAsked(null);
      store.clear();
    },
    /** Shows a run that somebody handed over. */
    receive(request: InvokeRequest | null, events: Parameters<typeof store.show>[0]) {
      onShow("");
      setAsked(request);
      store.show(events);
    },
  };
}

function wordsOf({ prompt, messages, plainText }: InvokeRequest): Partial<InvokeRequest> {
  return {
    ...(prompt === undefined ? {} : { prompt }),
    ...(messages === undefined ? {} : { messages }),
    ...(plainText ? { plainText } : {}),
  };
}

function limitsOf(
  request: Pick<InvokeRequest, "autoContinue"> | undefined,
): Pick<InvokeRequest, "autoContinue"> {
  return { autoContinue: request?.autoContinue };
}
