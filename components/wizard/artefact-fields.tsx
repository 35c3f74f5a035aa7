"use client";

import { useState } from "react";
import { saveFile } from "#components/playground/save-file.ts";
import { Button } from "#components/ui/button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Field, TextArea } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { Failure } from "#lib/failure.ts";
import { readModelArchive } from "#lib/package/model-archive.ts";
import { packPlan } from "#lib/plan/resources.ts";
import type { StepProps } from "./steps.ts";
import { TextField } from "./text-field.tsx";

/** An archive in S3, with Python of one's own where it is wanted, or variables alone. */
export function ArtefactFields({ plan, change, place }: StepProps) {
  const isArchive = plan.carrier === "archive";
  return (
    <Panel title="Artefact" bodyClassName="space-y-4 p-4">
      <Segmented
        label="How the configuration travels"
        value={plan.carrier}
        options={[
          { value: "environment", label: "Variables alone" },
          { value: "archive", label: "model.tar.gz in S3" },
        ]}
        onChange={(carrier) => change({ carrier, bucket: plan.bucket || place.bucket })}
      />
      <p className="text-sm text-muted">
        {isArchive
          ? "serving.properties lies at the archive's root; equal files make equal bytes, and the key is their SHA-256."
          : "The configuration is set as environment variables. Nothing is uploaded, and no bucket is needed."}
      </p>
      {isArchive ? (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Bucket"
              isCode
              hint={`In ${plan.region}, the region of the endpoint.`}
              placeholder={place.bucket}
              value={plan.bucket}
              onChange={(bucket) => change({ bucket: bucket.trim() })}
            />
            <TextField
              label="Key prefix"
              isCode
              value={plan.keyPrefix}
              onChange={(keyPrefix) => change({ keyPrefix: keyPrefix.trim() })}
            />
          </div>
          <OwnFile
            label="model.py"
            hint="A handler of your own; the container's is used without one."
            value={plan.modelPy}
            onChange={(modelPy) => change({ modelPy })}
          />
          <OwnFile
            label="requirements.txt"
            hint="Installed before the model is loaded, which needs the internet or a mirror."
            value={plan.requirements}
            onChange={(requirements) => change({ requirements })}
          />
        </>
      ) : null}
      <ArchiveFiles plan={plan} change={change} />
      <TextField
        label="Another build of the image (tag)"
        isCode
        hint="Empty takes the registry's. A tag with its own number pins a build."
        value={plan.imageTag ?? ""}
        onChange={(tag) => change({ imageTag: tag.trim() === "" ? null : tag.trim() })}
      />
    </Panel>
  );
}

function OwnFile({
  label,
  hint,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  return (
    <Field label={`${label} (optional)`} hint={hint}>
      {(ids) => (
        <TextArea
          {...ids}
          rows={value ? 8 : 2}
          spellCheck={false}
          className="font-mono text-xs"
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
        />
      )}
    </Field>
  );
}

function ArchiveFiles({ plan, change }: Pick<StepProps, "plan" | "change">) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [told, setTold] = useState("");

  async function open(file: File) {
    const read = readModelArchive(new Uint8Array(await file.arrayBuffer()));
    setFailure(read.ok ? null : read.failure);
    setTold("");
    if (!read.ok) return;
    const { properties, modelPy, requirements, others } = read.value;
    change({ properties, modelPy, requirements, carrier: "archive" });
    setTold(
      `${file.name} was read into this plan.${others.length > 0 ? ` Left out, since an archive made here does not carry them: ${others.join(", ")}.` : ""}`,
    );
  }

  return (
    <div className="space-y-2 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => saveFile("model.tar.gz", "application/gzip", new Blob([packPlan(plan)]))}>
          Download model.tar.gz
        </Button>
        <label className="inline-flex h-9 cursor-pointer items-center rounded-lg border border-line bg-raised px-3.5 font-medium hover:border-line-strong hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-accent">
          Import a model.tar.gz
          <input
            type="file"
            accept=".gz,.tgz,application/gzip"
            className="sr-only"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) void open(file);
              event.target.value = "";
            }}
          />
        </label>
      </div>
      {failure ? <FailureNotice failure={failure} /> : null}
      <p role="status" className="text-xs text-muted">
        {told}
      </p>
    </div>
  );
}
