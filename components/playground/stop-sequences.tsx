"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icons.tsx";
import { readEscapes, showEscapes } from "./escapes.ts";

/** A list of strings that end an answer. Line breaks and tabs are written `\n` and `\t`. */
export function StopSequences({
  value,
  onChange,
  problem,
}: {
  value: readonly string[];
  onChange: (sequences: string[]) => void;
  problem: string | undefined;
}) {
  const [text, setText] = useState("");
  const [refusal, setRefusal] = useState<string>();

  function add() {
    const sequence = readEscapes(text);
    if (sequence === "")
      return setRefusal("An empty stop sequence would end every answer at once: type one.");
    if (value.includes(sequence)) return setRefusal("That one is in the list already.");
    setRefusal(undefined);
    setText("");
    onChange([...value, sequence]);
  }

  return (
    <div>
      <Field
        label="Stop sequences"
        problem={refusal ?? problem}
        help={
          <Definition term="a stop sequence">
            <p>
              Generation ends as soon as the answer contains one of these strings. Write <code>\n</code> for a
              line break.
            </p>
          </Definition>
        }
      >
        {(ids) => (
          <div className="flex gap-2">
            <Input
              {...ids}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
              placeholder="\n\n"
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
                event.preventDefault();
                add();
              }}
            />
            <Button onClick={add} aria-label="Add stop sequence">
              Add
            </Button>
          </div>
        )}
      </Field>
      {value.length > 0 ? (
        <ul aria-label="Stop sequences in use" className="mt-2 flex flex-wrap gap-1.5">
          {value.map((sequence) => (
            <li
              key={sequence}
              className="inline-flex items-center gap-1 rounded-md border border-line bg-sunken pl-2 font-mono text-xs"
            >
              {showEscapes(sequence) || "(empty)"}
              <button
                type="button"
                aria-label={`Remove stop sequence ${showEscapes(sequence)}`}
                className="grid size-6 place-items-center rounded-md text-muted hover:text-danger"
                onClick={() => onChange(value.filter((other) => other !== sequence))}
              >
                <Icon name="cross" className="size-2.5" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
