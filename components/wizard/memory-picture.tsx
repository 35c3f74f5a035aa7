import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { DeviceMemory, Fit } from "#lib/fit/fit-instance.ts";
import { formatBytes } from "./format-figure.ts";

type Part = { key: keyof DeviceMemory; label: string; className: string };

/** Each part has a pattern of its own beside its colour. */
const PARTS: readonly Part[] = [
  { key: "weights", label: "Weights", className: "bg-accent" },
  {
    key: "activations",
    label: "Working memory",
    className: "bg-calm bg-[radial-gradient(var(--surface)_1px,transparent_1.2px)] bg-size-[5px_5px]",
  },
  {
    key: "kvCache",
    label: "Key/value cache",
    className: "bg-warn bg-[repeating-linear-gradient(45deg,transparent_0_3px,var(--surface)_3px_4px)]",
  },
  { key: "free", label: "Free", className: "bg-sunken" },
  {
    key: "reserved",
    label: "Left to others",
    className: "bg-line bg-[repeating-linear-gradient(-45deg,transparent_0_4px,var(--line-strong)_4px_5px)]",
  },
];

export const VERDICT_TONES: Record<Fit["verdict"], { tone: Tone; word: string }> = {
  fits: { tone: "good", word: "fits" },
  tight: { tone: "warn", word: "tight" },
  "too-small": { tone: "bad", word: "does not fit" },
  unknown: { tone: "plain", word: "unknown" },
};

/** One bar for each accelerator of the instance, and the same in numbers below. */
export function MemoryPicture({ fit, isProposal }: { fit: Fit | null; isProposal: boolean }) {
  if (!fit)
    return (
      <Panel title="Memory of each accelerator">
        <p className="text-sm text-muted">No instance holds this. Ask for less, or for fewer bits.</p>
      </Panel>
    );
  const { device, instance, degree, devices } = fit;
  const { tone, word } = VERDICT_TONES[fit.verdict];
  const used = degree === null ? 0 : degree * (fit.copies ?? 1);
  return (
    <Panel
      title={`Memory of each accelerator, ${instance.name}`}
      aside={<Badge tone={tone}>{word}</Badge>}
      bodyClassName="space-y-4 p-4"
    >
      <p className="text-sm">
        {isProposal ? "The cheapest that fits. " : ""}
        {fit.reason}
        {fit.copies !== null && fit.copies > 1 ? ` ${fit.copies} copies of the model fit side by side.` : ""}
      </p>
      {device && devices !== null ? (
        <figure className="space-y-3">
          <div aria-hidden="true" className="grid gap-1.5 sm:grid-cols-2 2xl:grid-cols-4">
            {Array.from({ length: devices }, (_, index) => index).map((index) => (
              <div key={index} className="flex items-center gap-2">
                <span className="w-5 shrink-0 text-right text-xs tabular-nums text-muted">{index}</span>
                <Bar device={index < used || used === 0 ? device : empty(device)} />
              </div>
            ))}
          </div>
          <figcaption>
            <dl className="grid grid-cols-2 gap-x-5 gap-y-1.5 text-sm sm:grid-cols-3 2xl:grid-cols-5">
              {PARTS.map(({ key, label, className }) => (
                <div key={key}>
                  <dt className="flex items-center gap-1.5 text-xs text-muted">
                    <span
                      aria-hidden="true"
                      className={`size-3 rounded-sm border border-line ${className}`}
                    />
                    {label}
                    {key === "reserved" ? (
                      <Definition term="left to others">
                        <p>
                          What the engine does not fill of a device by its own setting, e.g.
                          gpu_memory_utilization 0.9.
                        </p>
                      </Definition>
                    ) : null}
                  </dt>
                  <dd className="tabular-nums">
                    {key === "free" && device.free < 0
                      ? `${formatBytes(-device.free)} missing`
                      : formatBytes(device[key])}
                  </dd>
                </div>
              ))}
            </dl>
            <p className="mt-2 text-xs text-muted">
              Of {formatBytes(device.total)} on each of {devices} devices
              {used < devices ? `, ${used} of them used` : ""}.
            </p>
          </figcaption>
        </figure>
      ) : null}
    </Panel>
  );
}

function Bar({ device }: { device: DeviceMemory }) {
  const sum = PARTS.reduce((total, { key }) => total + Math.max(0, device[key]), 0);
  return (
    <div className="flex h-6 min-w-0 flex-1 overflow-hidden rounded border border-line">
      {PARTS.map(({ key, className }) => (
        <div
          key={key}
          className={className}
          // More is wished for than there is: parts keep their proportions and the bar is full.
          style={{ width: `${(Math.max(0, device[key]) / sum) * 100}%` }}
        />
      ))}
    </div>
  );
}

function empty({ total }: DeviceMemory): DeviceMemory {
  return { total, weights: 0, activations: 0, kvCache: 0, reserved: 0, free: total };
}
