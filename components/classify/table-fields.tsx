"use client";

import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Select, TextArea } from "#components/ui/field.tsx";
import type { Table } from "#lib/classify/read-table.ts";
import type { Result } from "#lib/failure.ts";

/** Rows of the table that are shown. */
const SHOWN = 3;
const MOST_BYTES = 8_000_000;

/** The labelled texts: pasted or from a file, and which columns hold what. */
export function TableFields({
  csv,
  onCsv,
  table,
  columns,
  onColumns,
  problem,
}: {
  csv: string;
  onCsv: (csv: string) => void;
  table: Result<Table>;
  columns: { text: string; label: string };
  onColumns: (change: { textColumn?: string; labelColumn?: string }) => void;
  problem: string | undefined;
}) {
  const picker = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  // While it is typed a table is often broken; an empty one is no mistake.
  const complaint =
    table.ok || csv.trim() === "" ? undefined : `${table.failure.message} ${table.failure.hint ?? ""}`;

  async function load(file: File | undefined) {
    setRefusal(null);
    if (file === undefined) return;
    if (file.size > MOST_BYTES) setRefusal(`${file.name} is larger than 8 MB.`);
    else onCsv(await file.text());
  }

  return (
    <>
      <Field
        label="Table"
        problem={refusal ?? problem ?? complaint}
        hint="CSV whose first line names the columns. It stays in this browser until you start."
      >
        {(ids) => (
          <TextArea
            {...ids}
            className="h-40 min-h-28 resize-y font-mono !text-xs"
            placeholder={
              'text,label\n"The soup was delicious, really.",positive\nThe room was dirty.,negative'
            }
            spellCheck={false}
            value={csv}
            onChange={({ target }) => onCsv(target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => picker.current?.click()}>
          Choose a CSV file
        </Button>
        {csv === "" ? null : (
          <Button size="small" look="quiet" onClick={() => onCsv("")}>
            Clear
          </Button>
        )}
        <input
          ref={picker}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          aria-label="CSV file"
          tabIndex={-1}
          className="sr-only"
          onChange={({ target }) => {
            void load(target.files?.[0]);
            // The same file may be chosen again after it was changed.
            target.value = "";
          }}
        />
      </div>
      {table.ok ? <Columns table={table.value} columns={columns} onColumns={onColumns} /> : null}
    </>
  );
}

function Columns({
  table: { columns: names, rows },
  columns,
  onColumns,
}: {
  table: Table;
  columns: { text: string; label: string };
  onColumns: (change: { textColumn?: string; labelColumn?: string }) => void;
}) {
  const [textAt, labelAt] = [names.indexOf(columns.text), names.indexOf(columns.label)];
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Column with the text">
          {(ids) => (
            <Select
              {...ids}
              value={columns.text}
              onChange={({ target }) => onColumns({ textColumn: target.value })}
            >
              {names.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Column with the label">
          {(ids) => (
            <Select
              {...ids}
              value={columns.label}
              onChange={({ target }) => onColumns({ labelColumn: target.value })}
            >
              {names.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div className="rounded-lg bg-sunken px-3 py-2 text-xs">
        <p className="mb-1 text-muted">
          {rows.length.toLocaleString("en")} {rows.length === 1 ? "row" : "rows"}, the first of them:
        </p>
        <ul className="space-y-0.5">
          {rows.slice(0, SHOWN).map(({ line, cells }) => (
            <li key={line} className="flex gap-2">
              <span className="min-w-0 flex-1 truncate" dir="auto">
                {cells[textAt]}
              </span>
              <span className="font-medium">{cells[labelAt]}</span>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
