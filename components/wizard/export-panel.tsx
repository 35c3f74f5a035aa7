"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { saveFile } from "#components/playground/save-file.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { type Plan, withoutSecrets } from "#lib/plan/plan.ts";
import { EXPORT_KINDS, type ExportKind, renderExport } from "#lib/plan/render-export.ts";
import { digestPlan, resourcesOf } from "#lib/plan/resources.ts";

/** The whole plan as a program or a template: what it creates is what the wizard would. Secrets are left out. */
export function ExportPanel({ plan }: { plan: Plan }) {
  const [kind, setKind] = useState<ExportKind>("boto3");
  const { plan: open, left } = withoutSecrets(plan);
  // Names carry the digest of what is made, its secrets among it: what is exported is named as what is deployed.
  const { data: digests } = useQuery({
    queryKey: ["plan-digest", plan],
    queryFn: () => digestPlan(plan),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  const resources = digests === undefined ? null : resourcesOf(open, { digests, tags: [] });
  const chosen = EXPORT_KINDS.find((each) => each.kind === kind);
  const text = resources?.ok ? renderExport(kind, resources.value) : "";
  return (
    <Panel
      title="Take it away"
      aside={
        <div className="flex gap-1">
          <CopyButton text={text} />
          <Button
            look="quiet"
            size="small"
            disabled={text === ""}
            onClick={() => saveFile(chosen?.file ?? "plan.txt", "text/plain", text)}
          >
            Download {chosen?.file}
          </Button>
        </div>
      }
      bodyClassName="space-y-3 p-4"
    >
      <div className="overflow-x-auto">
        <Segmented
          label="Form"
          value={kind}
          options={EXPORT_KINDS.map((each) => ({ value: each.kind, label: each.label }))}
          onChange={setKind}
        />
      </div>
      {resources && !resources.ok ? <FailureNotice failure={resources.failure} /> : null}
      {text ? (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          className="max-h-96 overflow-auto rounded-lg border border-line bg-sunken p-3 font-mono text-xs"
        >
          {text}
        </pre>
      ) : null}
      {left.length > 0 ? (
        <p className="text-xs text-muted">Left out, since it is secret: {left.join(", ")}.</p>
      ) : null}
    </Panel>
  );
}
