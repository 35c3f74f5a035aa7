import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { findBackend, frameworksOf } from "#lib/choose/backend-catalogue.ts";
import { type Capability, compareBackends, supportsFeature } from "#lib/choose/capability.ts";
import { findLeaf } from "#lib/choose/choose-backend.ts";
import { BACKEND_STATUS, CURRENT_ERA, HISTORIC_ERA } from "#lib/choose/tree-catalogue.ts";
import type { BackendId } from "#lib/lmi/backend-id.ts";
import { type Framework, listVersions } from "#lib/lmi/image-uri.ts";
import { withBackend } from "#lib/plan/follow-tree.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { SourceNote } from "./source-note.tsx";

/** Every back end beside the others: what it is good for, whether it runs this model, and what limits it. */
export function BackendTable({ plan, onChoose }: { plan: Plan; onChoose: (plan: Plan) => void }) {
  const rows = compareBackends(plan.lmiVersion, plan.architecture);
  return (
    <Panel title={`Back ends beside each other, LMI ${plan.lmiVersion}`} bodyClassName="">
      <ul className="divide-y divide-line">
        {rows.map(({ backend, title, capability }) => {
          const isChosen = backend === plan.backend;
          const home = homeOf(backend, plan.lmiVersion);
          return (
            <li key={backend} className="grid gap-x-5 gap-y-2 p-4 text-sm lg:grid-cols-[12rem_1fr_1fr_8rem]">
              <div>
                <h3 className="font-semibold">{title}</h3>
                <p className="text-xs text-muted">{statusOf(backend)}</p>
              </div>
              <div className="space-y-1">
                <h4 className="text-xs font-semibold text-muted">Good for</h4>
                {reasonsOf(backend).map((reason) => (
                  <p key={reason}>{reason}</p>
                ))}
              </div>
              <div className="space-y-1">
                <h4 className="flex items-center gap-1 text-xs font-semibold text-muted">
                  Models and limits
                  <SourceNote sources={capability.source ? [capability.source] : []} />
                </h4>
                <p>
                  <Mark capability={capability} /> {capability.reason}
                </p>
                {limitsOf(backend, plan).map((limit) => (
                  <p key={limit} className="text-xs text-muted">
                    {limit}
                  </p>
                ))}
              </div>
              <div className="self-center lg:text-right">
                {isChosen ? (
                  <Badge tone="good">Chosen</Badge>
                ) : home ? (
                  <Button
                    size="small"
                    aria-label={`Take ${title} ${home.version}`}
                    onClick={() => onChoose(withBackend(plan, { backend, ...home }))}
                  >
                    Take it
                    {home.version === plan.lmiVersion ? "" : ` ${home.version}`}
                  </Button>
                ) : null}
              </div>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function Mark({ capability: { supported } }: { capability: Capability }) {
  if (supported === null) return <Badge tone="plain">unknown</Badge>;
  return supported ? <Badge tone="good">runs it</Badge> : <Badge tone="bad">does not</Badge>;
}

/** The container and version to take a back end from: this version where it has it, or else the newest that has. */
function homeOf(backend: BackendId, version: string): { framework: Framework; version: string } | null {
  const all = (["djl-lmi", "djl-deepspeed", "djl-tensorrtllm", "djl-neuronx"] as const).flatMap((framework) =>
    listVersions(framework)
      .filter((each) => frameworksOf(backend, each).includes(framework))
      .map((each) => ({ framework, version: each })),
  );
  const newest = all.toSorted((left, right) =>
    left.version.localeCompare(right.version, "en", { numeric: true }),
  );
  return all.find((each) => each.version === version) ?? newest.at(-1) ?? null;
}

function reasonsOf(backend: BackendId): string[] {
  return [...new Set([CURRENT_ERA, HISTORIC_ERA].flatMap((era) => findLeaf(era, backend)?.reasons ?? []))];
}

function statusOf(backend: BackendId): string {
  return BACKEND_STATUS[backend] ?? "";
}

function limitsOf(backend: BackendId, { lmiVersion, architecture }: Plan): string[] {
  const row = findBackend(backend);
  if (!row) return [];
  const jit =
    backend === "tensorrt-llm" ? supportsFeature(backend, lmiVersion, "JIT compilation", architecture) : null;
  return [
    ...(jit ? [jit.reason] : []),
    supportsFeature(backend, lmiVersion, "LoRA").reason,
    ...(row.tensor_parallel?.constraints.slice(0, 1) ?? []),
    ...(row.instances_in_docs ? [`Documented on ${row.instances_in_docs}.`] : []),
  ];
}
