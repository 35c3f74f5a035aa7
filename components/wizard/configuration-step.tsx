"use client";

import { useMemo, useRef } from "react";
import { Panel } from "#components/ui/panel.tsx";
import { findInstanceType } from "#lib/lmi/instance-types.ts";
import { changeProperties, renameProperty } from "#lib/options/change-properties.ts";
import { completeProperty } from "#lib/options/describe-option.ts";
import type { OptionFix } from "#lib/options/diagnostic.ts";
import { parseProperties, renderProperties } from "#lib/options/parse-properties.ts";
import { instanceFacts, type OptionContext } from "#lib/options/rule-facts.ts";
import { validateProperties } from "#lib/options/validate-properties.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { DiagnosticList } from "./diagnostic-list.tsx";
import { EnvironmentEditor } from "./environment-editor.tsx";
import { OptionHelp } from "./option-help.tsx";
import { PresetList } from "./preset-list.tsx";
import { SecretFields } from "./secret-fields.tsx";
import type { StepProps } from "./steps.ts";
import { TextEditor, type TextEditorHandle } from "./text-editor.tsx";

/** serving.properties and the same as variables, each checked as it is typed and each kept in the other. */
export function ConfigurationStep({ plan, change }: StepProps) {
  const editor = useRef<TextEditorHandle>(null);
  const context = useMemo(() => contextOf(plan), [plan]);
  const place = { version: plan.lmiVersion, backend: plan.backend };
  const file = useMemo(() => parseProperties(plan.properties), [plan.properties]);
  const diagnostics = useMemo(() => validateProperties(file, context), [file, context]);

  function fix(found: OptionFix) {
    if (!found) return;
    const entries = Object.entries(found.changes);
    const removed = entries.find(([, value]) => value === null)?.[0];
    const added = entries.find(([, value]) => value !== null)?.[0];
    // Another name for the same value stays where the old one stood.
    const next =
      entries.length === 2 && removed && added
        ? renameProperty(file, removed, added)
        : changeProperties(file, found.changes);
    change({ properties: renderProperties(next) });
  }

  return (
    <div className="space-y-5">
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <Panel title="serving.properties" className="min-w-0" bodyClassName="space-y-3 p-4">
          <TextEditor
            ref={editor}
            label="serving.properties"
            text={plan.properties}
            marks={diagnostics}
            complete={(text, offset) => completeProperty(text, offset, place)}
            explain={(key) => <OptionHelp optionKey={key} place={place} />}
            onChange={(properties) => change({ properties })}
          />
          <DiagnosticList
            diagnostics={diagnostics}
            text={plan.properties}
            onShow={({ from, to }) => editor.current?.select(from, to)}
            onFix={fix}
          />
        </Panel>
        <div className="min-w-0 space-y-5">
          <EnvironmentEditor plan={plan} file={file} diagnostics={diagnostics} change={change} />
          <SecretFields plan={plan} change={change} />
        </div>
      </div>
      <PresetList
        context={context}
        file={file}
        onApply={(changes) => change({ properties: renderProperties(changeProperties(file, changes)) })}
      />
    </div>
  );
}

function contextOf(plan: Plan): OptionContext {
  const instance = findInstanceType(plan.instanceType);
  return {
    version: plan.lmiVersion,
    backend: plan.backend,
    architecture: plan.architecture,
    instance: instance && instanceFacts(instance),
    startupTimeoutSeconds: plan.startupTimeoutSeconds,
  };
}
