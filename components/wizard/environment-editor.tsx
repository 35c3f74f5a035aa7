"use client";

import { useState } from "react";
import { Panel } from "#components/ui/panel.tsx";
import { parseEnvironmentLines, renderEnvironmentLines } from "#lib/endpoint/environment-lines.ts";
import type { Diagnostic } from "#lib/options/diagnostic.ts";
import { applyEnvironment, parseEnvironment, renderEnvironment } from "#lib/options/environment.ts";
import { type PropertiesFile, renderProperties } from "#lib/options/parse-properties.ts";
import { withoutSecrets } from "#lib/plan/plan.ts";
import type { Mark } from "./editor-place.ts";
import type { StepProps } from "./steps.ts";
import { TextEditor } from "./text-editor.tsx";

/** The same configuration as variables. Edits go back into serving.properties; what is no option stays a variable. */
export function EnvironmentEditor({
  plan,
  file,
  diagnostics,
  change,
}: Pick<StepProps, "plan" | "change"> & { file: PropertiesFile; diagnostics: readonly Diagnostic[] }) {
  // While it is typed in, the text is the person's own, half-finished lines included.
  const [typed, setTyped] = useState<string | null>(null);
  const { environment, lost } = renderEnvironment(file, plan.lmiVersion);
  const open = withoutSecrets(plan).plan.environment;
  const secrets = Object.fromEntries(Object.entries(plan.environment).filter(([name]) => !(name in open)));
  const text = typed ?? renderEnvironmentLines({ ...environment, ...open });
  const parsed = parseEnvironmentLines(text);

  function edit(next: string) {
    setTyped(next);
    const read = parseEnvironmentLines(next);
    if (!read.ok) return;
    const { others } = parseEnvironment(read.value, plan.lmiVersion, plan.framework);
    change({
      properties: renderProperties(applyEnvironment(file, read.value, plan.lmiVersion)),
      environment: { ...secrets, ...others },
    });
  }

  return (
    <Panel title="Environment variables" bodyClassName="space-y-3 p-4">
      <TextEditor
        label="Environment variables"
        text={text}
        marks={marksOf(text, diagnostics, plan.lmiVersion)}
        onChange={edit}
        onBlur={() => {
          if (parsed.ok) setTyped(null);
        }}
      />
      {parsed.ok ? null : (
        <p role="status" className="text-sm text-danger">
          {parsed.failure.message} The file beside it keeps what it had.
        </p>
      )}
      {lost.map(({ key, why }) => (
        <p key={key} className="text-xs text-warn">
          <code className="font-mono">{key}</code>: {why}
        </p>
      ))}
      <p className="text-xs text-muted">
        {plan.carrier === "archive"
          ? "The archive carries serving.properties; of these, only those that are no option are set as variables."
          : "These are set on the container: no archive and no bucket is needed."}
      </p>
    </Panel>
  );
}

/** What is wrong with an option is wrong with its variable. */
function marksOf(text: string, diagnostics: readonly Diagnostic[], version: string): Mark[] {
  const lines = text.split("\n");
  const starts = lines.map((_, row) => lines.slice(0, row).reduce((sum, line) => sum + line.length + 1, 0));
  return lines.flatMap((line, row): Mark[] => {
    const name = line.match(/^\s*(?:export\s+)?([A-Za-z_]\w*)=/)?.[1];
    const value = line.slice(line.indexOf("=") + 1);
    if (name === undefined) return [];
    const [key] = Object.keys(parseEnvironment({ [name]: value }, version).properties);
    const found = diagnostics.find((one) => one.key === key && one.severity !== "hint");
    const from = starts[row] ?? 0;
    return found ? [{ from, to: from + line.length, severity: found.severity, message: found.message }] : [];
  });
}
