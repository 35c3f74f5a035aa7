"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { type CodeTarget, parseBody } from "#lib/code/code-target.ts";
import { CODE_KINDS, type CodeKind, renderCode } from "#lib/code/render-code.ts";
import type { Capsule } from "#lib/handover/capsule.ts";
import { CAVEAT } from "#lib/handover/caveat.ts";
import { renderCsv } from "#lib/handover/render-csv.ts";
import { renderPage } from "#lib/handover/render-page.ts";
import { renderSvg } from "#lib/handover/render-svg.ts";
import type { RunState } from "#lib/run/reduce-run.ts";
import { drawPng } from "./draw-png.ts";
import { saveFile } from "./save-file.ts";

/** A finished run for others: the request as code, the answer as files. */
export function HandOver({
  run,
  capsule,
  target,
}: {
  run: RunState;
  capsule: () => Capsule;
  /** Null while nobody knows where requests go. */
  target: Omit<CodeTarget, "body"> | null;
}) {
  const [open, setOpen] = useState<"code" | "files" | null>(null);
  const body = run.requestBody === null ? null : parseBody(run.requestBody);
  return (
    <>
      {body !== null && target !== null ? (
        <Button size="small" look="quiet" onClick={() => setOpen("code")}>
          Code
        </Button>
      ) : null}
      <Button size="small" look="quiet" onClick={() => setOpen("files")}>
        Save
      </Button>
      <Dialog title="Ask the same with code" wide open={open === "code"} onClose={() => setOpen(null)}>
        {body !== null && target !== null ? <Code target={{ ...target, body }} /> : null}
      </Dialog>
      <Dialog title="Save this run" open={open === "files"} onClose={() => setOpen(null)}>
        <Files run={run} capsule={capsule} />
      </Dialog>
    </>
  );
}

function Code({ target }: { target: CodeTarget }) {
  const [kind, setKind] = useState<CodeKind>("boto3");
  const code = renderCode(kind, target);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segmented
          label="Language"
          options={CODE_KINDS.map(({ kind: value, label }) => ({ value, label }))}
          value={kind}
          onChange={setKind}
        />
        <CopyButton text={code} label="Copy code" />
      </div>
      <section aria-label="Code">
        <pre className="max-h-[60dvh] overflow-auto rounded-lg bg-sunken p-3 font-mono text-xs">{code}</pre>
      </section>
      <p className="text-xs text-muted">
        It sends the body of this run. Credentials are found where the tool always looks for them.
      </p>
    </>
  );
}

function Files({ run, capsule }: { run: RunState; capsule: () => Capsule }) {
  const title = capsule().endpointName;
  const theme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const [trouble, setTrouble] = useState<string | null>(null);
  async function savePng() {
    const picture = await drawPng(renderSvg(run.tokens, title, theme));
    if (picture === null) setTrouble("This browser cannot draw the picture. Save it as SVG instead.");
    else saveFile("heatmap.png", "image/png", picture);
  }
  const files: readonly { label: string; what: string; save: () => void }[] = [
    {
      label: "Capsule (.json)",
      what: "prompt, parameters, every token and number; opens in Sagescope again",
      save: () => saveFile("run.json", "application/json", JSON.stringify(capsule())),
    },
    {
      label: "Page (.html)",
      what: "read-only, opens anywhere without a network, the capsule inside",
      save: () => saveFile("run.html", "text/html", renderPage(capsule())),
    },
    {
      label: "Tokens (.csv)",
      what: "a row for each token",
      save: () => saveFile("tokens.csv", "text/csv", renderCsv(run.tokens)),
    },
    {
      label: "Heatmap (.svg)",
      what: "with legend and caveat",
      save: () => saveFile("heatmap.svg", "image/svg+xml", renderSvg(run.tokens, title, theme)),
    },
    { label: "Heatmap (.png)", what: "the same as a picture of points", save: () => void savePng() },
  ];
  return (
    <>
      <ul className="space-y-2">
        {files.map(({ label, what, save }) => (
          <li key={label} className="flex items-center gap-3">
            <Button size="small" className="w-32 shrink-0" onClick={save}>
              {label}
            </Button>
            <span className="text-xs text-muted">{what}</span>
          </li>
        ))}
      </ul>
      {trouble === null ? null : <p role="alert">{trouble}</p>}
      <p className="text-xs text-muted">
        No file holds an account, an address or a variable of the container. {CAVEAT}
      </p>
    </>
  );
}
