"use client";

import { useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { type PropertiesFile, readProperties } from "#lib/options/parse-properties.ts";
import { listPresets } from "#lib/options/presets.ts";
import type { OptionContext } from "#lib/options/rule-facts.ts";
import { SourceNote } from "./source-note.tsx";

/** Ready changes with what they cost; those that do not apply here say why. */
export function PresetList({
  context,
  file,
  onApply,
}: {
  context: OptionContext;
  file: PropertiesFile;
  onApply: (changes: Record<string, string | null>) => void;
}) {
  const [isWhole, setIsWhole] = useState(false);
  const all = listPresets(context);
  const fitting = all.filter(({ problem }) => problem === null);
  const shown = isWhole ? all : fitting;
  const properties = readProperties(file);
  return (
    <Panel
      title="Presets"
      aside={
        <Button look="quiet" size="small" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? "Only those that apply" : `Show all ${all.length}`}
        </Button>
      }
      bodyClassName="p-4"
    >
      {shown.length === 0 ? (
        <p className="text-sm text-muted">No preset applies to this back end and version.</p>
      ) : (
        <ul className="grid gap-3 md:grid-cols-2 2xl:grid-cols-3">
          {shown.map(({ preset, problem }) => {
            const isSet = Object.entries(preset.changes).every(
              ([key, value]) => (properties[key] ?? null) === value,
            );
            return (
              <li key={preset.id} className="flex flex-col gap-2 rounded-lg border border-line p-3 text-sm">
                <h3 className="flex items-center justify-between gap-2 font-medium">
                  {preset.title}
                  <SourceNote sources={[preset.source]} />
                </h3>
                <p>{preset.summary}</p>
                <p className="text-xs text-muted">{preset.effect}</p>
                <p className="font-mono text-xs text-muted [overflow-wrap:anywhere]">
                  {Object.entries(preset.changes)
                    .map(([key, value]) => (value === null ? `without ${key}` : `${key}=${value}`))
                    .join(", ")}
                </p>
                <div className="mt-auto pt-1">
                  {problem ? (
                    <p className="text-xs text-warn">{problem}</p>
                  ) : isSet ? (
                    <Badge tone="good">in effect</Badge>
                  ) : (
                    <Button
                      size="small"
                      aria-label={`Apply ${preset.title}`}
                      onClick={() => onApply(preset.changes)}
                    >
                      Apply
                    </Button>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
