"use client";

import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { Completion } from "#lib/options/describe-option.ts";
import { CompletionList } from "./completion-list.tsx";
import { EditorGutter } from "./editor-gutter.tsx";
import { EditorMarks } from "./editor-marks.tsx";
import { keyInRow, LINE_HEIGHT, type Mark, PADDING, placeOf } from "./editor-place.ts";
import { HoverHelp } from "./hover-help.tsx";

export type TextEditorHandle = { select: (from: number, to: number) => void };

const TEXT_CLASS = "font-mono text-[0.8125rem] leading-6 whitespace-pre p-3";

/** A plain text area with squiggles below its text, completion at the caret, and help for the row under the pointer. */
export function TextEditor({
  ref,
  label,
  text,
  marks,
  complete,
  explain,
  onChange,
  onBlur,
}: {
  ref?: Ref<TextEditorHandle>;
  label: string;
  text: string;
  marks: readonly Mark[];
  complete?: (text: string, offset: number) => Completion[];
  /** Help for the key of a row; drawn at the pointer, and below the text for the row of the caret. */
  explain?: (key: string) => ReactNode;
  onChange: (text: string) => void;
  onBlur?: () => void;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const helpId = useId();
  const [caret, setCaret] = useState(0);
  const [hovered, setHovered] = useState<number | null>(null);
  const [completions, setCompletions] = useState<readonly Completion[]>([]);
  const [active, setActive] = useState(0);
  const rows = text.split("\n").length;
  const isOpen = completions.length > 0;
  const caretKey = keyInRow(text, placeOf(text, caret).row);

  useImperativeHandle(ref, () => ({
    select: (from, to) => {
      area.current?.focus();
      area.current?.setSelectionRange(from, to);
    },
  }));

  function offer(value: string, offset: number) {
    const found = complete?.(value, offset).slice(0, 50) ?? [];
    const [first] = found;
    const isWhole = found.length === 1 && first && first.insert === value.slice(first.from, first.to);
    setCompletions(isWhole ? [] : found);
    setActive(0);
  }

  function accept(completion: Completion | undefined) {
    setCompletions([]);
    if (!completion || !area.current) return;
    area.current.focus();
    area.current.setSelectionRange(completion.from, completion.to);
    // The browser's own insertion keeps its history of undoing; where it has none, the text is set.
    const isInserted = document.execCommand("insertText", false, completion.insert);
    if (!isInserted) onChange(text.slice(0, completion.from) + completion.insert + text.slice(completion.to));
  }

  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      return offer(text, event.currentTarget.selectionStart);
    }
    if (!isOpen) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((active + step + completions.length) % completions.length);
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      accept(completions[active]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setCompletions([]);
    }
  }

  return (
    <div>
      <div className="relative">
        <div className="flex max-h-[34rem] overflow-auto rounded-lg border border-line bg-raised focus-within:border-accent">
          <EditorGutter rows={rows} text={text} marks={marks} />
          <div className="relative min-h-44 min-w-0 flex-1">
            <EditorMarks text={text} marks={marks} className={classNames(TEXT_CLASS, "w-max min-w-full")} />
            <textarea
              ref={area}
              aria-label={label}
              aria-describedby={explain ? helpId : undefined}
              aria-autocomplete={complete ? "list" : undefined}
              aria-controls={isOpen ? listId : undefined}
              aria-activedescendant={isOpen ? `${listId}-${active}` : undefined}
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              className={classNames(
                TEXT_CLASS,
                "absolute inset-0 size-full resize-none overflow-hidden bg-transparent text-ink outline-none",
              )}
              value={text}
              onChange={(event) => {
                const { value, selectionStart, selectionEnd } = event.target;
                onChange(value);
                const isTyping = selectionStart === selectionEnd && value.length > text.length;
                const word = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
                if (isTyping && word.trim() !== "") offer(value, selectionStart);
                else setCompletions([]);
              }}
              onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
              onKeyDown={press}
              onBlur={() => {
                setCompletions([]);
                onBlur?.();
              }}
              onPointerDown={() => setCompletions([])}
              onPointerMove={(event) => {
                const box = event.currentTarget.getBoundingClientRect();
                const row = Math.floor((event.clientY - box.top - PADDING) / LINE_HEIGHT);
                setHovered(row >= 0 && row < rows ? row : null);
              }}
              onPointerLeave={() => setHovered(null)}
            />
          </div>
        </div>
        {isOpen ? (
          <CompletionList
            id={listId}
            completions={completions}
            active={active}
            place={placeOf(text, completions[0]?.from ?? caret)}
            onPick={accept}
          />
        ) : explain && hovered !== null ? (
          <HoverHelp
            key={hovered}
            row={hovered}
            messages={marks
              .filter(({ from, to }) => to > 0 && placeOf(text, from).row === hovered)
              .map(({ message }) => message)}
          >
            {keyInRow(text, hovered) === "" ? null : explain(keyInRow(text, hovered))}
          </HoverHelp>
        ) : null}
      </div>
      {explain ? (
        <div id={helpId} className="mt-2 min-h-10 text-xs text-muted">
          {caretKey === "" ? "Ctrl+Space lists what can stand at the caret." : explain(caretKey)}
        </div>
      ) : null}
    </div>
  );
}
