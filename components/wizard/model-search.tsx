"use client";

import { useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Field, Input } from "#components/ui/field.tsx";
import { searchModels } from "#lib/fit/model-catalogue.ts";
import { formatCount } from "./format-figure.ts";

/** The catalogue, narrowed by what is typed. */
export function ModelSearch({ chosen, onChoose }: { chosen: string; onChoose: (id: string) => void }) {
  const [text, setText] = useState("");
  const found = searchModels(text);
  return (
    <div className="space-y-2">
      <Field label="Search the catalogue" hint={`${found.length} model${found.length === 1 ? "" : "s"}`}>
        {(ids) => (
          <Input
            {...ids}
            type="search"
            placeholder="llama 70b"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {found.length === 0 ? (
        <p className="text-sm text-muted">
          Not in the catalogue. Write its id above; you can then paste its config.json.
        </p>
      ) : (
        <ul
          aria-label="Models of the catalogue"
          className="grid max-h-80 gap-1 overflow-y-auto rounded-lg border border-line p-1 sm:grid-cols-2"
        >
          {found.map((model) => {
            const isChosen = model.id === chosen;
            return (
              <li key={model.id}>
                <button
                  type="button"
                  aria-pressed={isChosen}
                  onClick={() => onChoose(model.id)}
                  className={classNames(
                    "w-full rounded-md px-2.5 py-1.5 text-left text-sm",
                    isChosen ? "bg-accent-soft text-accent" : "hover:bg-sunken",
                  )}
                >
                  <span className="block truncate font-medium">{model.id}</span>
                  <span className={classNames("block text-xs", isChosen ? "text-accent" : "text-muted")}>
                    {model.parameters === null
                      ? "parameters not known"
                      : `${formatCount(model.parameters)} parameters`}
                    {model.architectureKey ? `, ${model.architectureKey}` : ""}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
