"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Field, Select, TextArea } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { type Migration, migrateProperties } from "#lib/choose/migrate.ts";
import { backendTitle } from "#lib/lmi/backend-id.ts";
import { listVersions } from "#lib/lmi/image-uri.ts";
import { compareVersions } from "#lib/lmi/versions.ts";
import { DiffView } from "./diff-view.tsx";
import { SourceNote } from "./source-note.tsx";
import type { StepProps } from "./steps.ts";

const VERSIONS = [...new Set([...listVersions("djl-deepspeed"), ...listVersions("djl-lmi")])].toSorted(
  compareVersions,
);

/** What was pasted outlives another step and a reload, and no longer than the tab: it may hold a token. */
const PASTED = "sagescope-old-properties";

/** An old configuration for a newer container: the file, the notes, the difference. */
export function MigrationPanel({ plan, change }: Pick<StepProps, "plan" | "change">) {
  const [text, setText] = useState(readPasted);
  const [from, setFrom] = useState("0.26.0");
  const [to, setTo] = useState(VERSIONS.at(-1) ?? "0.36.0");
  const migration =
    text.trim() === "" ? null : migrateProperties({ text, from, to, architecture: plan.architecture });
  return (
    <Panel title="Migrate an old configuration" bodyClassName="space-y-4 p-4">
      <div className="grid gap-4 lg:grid-cols-[1fr_10rem_10rem]">
        <Field label="An old serving.properties" hint="Paste it; nothing leaves this page.">
          {(ids) => (
            <TextArea
              {...ids}
              rows={5}
              spellCheck={false}
              className="font-mono text-xs"
              placeholder={"engine=MPI\noption.rolling_batch=lmi-dist"}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                keepPasted(event.target.value);
              }}
            />
          )}
        </Field>
        <VersionField label="From LMI" value={from} onChange={setFrom} />
        <VersionField label="To LMI" value={to} onChange={setTo} />
      </div>
      {migration ? (
        <Migrated
          migration={migration}
          onUse={() =>
            change({
              properties: migration.text,
              backend: migration.backend,
              framework: migration.framework,
              lmiVersion: migration.version,
              imageTag: null,
            })
          }
        />
      ) : null}
    </Panel>
  );
}

function readPasted(): string {
  try {
    return sessionStorage.getItem(PASTED) ?? "";
  } catch {
    return ""; // Forbidden storage: there is nothing in it either.
  }
}

function keepPasted(text: string): void {
  try {
    sessionStorage.setItem(PASTED, text);
  } catch {
    // Storage can be full or forbidden; the text then lasts as long as the step is open.
  }
}

function Migrated({ migration, onUse }: { migration: Migration; onUse: () => void }) {
  return (
    <div className="space-y-3 text-sm">
      <p>
        For {migration.framework} {migration.version}, {backendTitle(migration.backend)}.
        {migration.otherWay ? ` The other way: ${migration.otherWay}.` : ""}
      </p>
      {migration.notes.length === 0 ? (
        <p className="text-muted">Nothing has to change on the way.</p>
      ) : (
        <ul className="space-y-2">
          {migration.notes.map((note) => (
            <li key={note.message} className="border-l-2 border-line-strong pl-3">
              <p className="flex items-start gap-1">
                {note.message} {note.isApplied ? "(done)" : "(for you to know)"}
                <SourceNote sources={note.source ? [note.source] : []} />
              </p>
              {note.actions.map((action) => (
                <p key={action} className="text-xs text-muted">
                  {action}
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
      <DiffView lines={migration.diff} label="Difference between the old and the migrated file" />
      <div className="flex flex-wrap gap-2">
        <Button onClick={onUse}>Use it in this plan</Button>
        <CopyButton text={migration.text} label="Copy the migrated file" />
      </div>
    </div>
  );
}

function VersionField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (version: string) => void;
}) {
  return (
    <Field label={label}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
          {VERSIONS.map((version) => (
            <option key={version}>{version}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}
