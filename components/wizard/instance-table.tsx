"use client";

import { useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Fit } from "#lib/fit/fit-instance.ts";
import { formatPrice } from "./format-figure.ts";
import { VERDICT_TONES } from "./memory-picture.tsx";

const FIRST = 8;

/** Every instance of the right kind: what fits first, the cheapest first. */
export function InstanceTable({
  fits,
  chosen,
  onChoose,
}: {
  fits: readonly Fit[];
  chosen: string;
  onChoose: (instanceType: string) => void;
}) {
  const [isWhole, setIsWhole] = useState(false);
  const few = fits.filter((fit, index) => index < FIRST || fit.instance.name === chosen);
  const shown = isWhole ? fits : few;
  const fitting = fits.filter(({ verdict }) => verdict === "fits" || verdict === "tight").length;
  return (
    <Panel
      title="Instances"
      aside={
        <Definition term="the price">
          <p>On-demand list price of SageMaker hosting in us-east-1, per instance and hour.</p>
          <p>Where no source says what an instance costs it says unknown, and it comes last.</p>
        </Definition>
      }
      bodyClassName="overflow-x-auto"
    >
      <table className="w-full text-sm">
        <caption className="px-4 py-2 text-left text-xs text-muted">
          {fitting} of {fits.length} instances hold this.
        </caption>
        <thead className="border-y border-line text-left text-xs text-muted">
          <tr>
            <th className="px-4 py-2 font-medium">Instance</th>
            <th className="px-1.5 py-2 font-medium">Verdict</th>
            <th className="hidden px-1.5 py-2 font-medium md:table-cell">How full</th>
            <th className="hidden px-1.5 py-2 text-right font-medium sm:table-cell">Requests at once</th>
            <th className="px-1.5 py-2 text-right font-medium">$ per hour</th>
            <th className="px-4 py-2">
              <span className="sr-only">Choose</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {shown.map((fit) => (
            <Row
              key={fit.instance.name}
              fit={fit}
              isChosen={fit.instance.name === chosen}
              onChoose={onChoose}
            />
          ))}
        </tbody>
      </table>
      {fits.length > few.length ? (
        <div className="border-t border-line p-2 text-center">
          <Button look="quiet" size="small" onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? "Show fewer" : `Show all ${fits.length}`}
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

function Row({ fit, isChosen, onChoose }: { fit: Fit; isChosen: boolean; onChoose: (name: string) => void }) {
  const { instance, device } = fit;
  const { tone, word } = VERDICT_TONES[fit.verdict];
  const full = device ? Math.round(((device.total - device.free) / device.total) * 100) : null;
  return (
    <tr className={classNames(isChosen && "bg-accent-soft")}>
      <th scope="row" className="py-2 pl-4 pr-1.5 text-left font-medium">
        {instance.name}
        <span className="block text-xs font-normal text-muted">
          {instance.acceleratorCount ?? "?"} × {instance.accelerator ?? "?"}
        </span>
      </th>
      <td className="px-1.5 py-2" title={fit.reason}>
        <Badge tone={tone}>{word}</Badge>
      </td>
      <td className="hidden px-1.5 py-2 md:table-cell">
        {full === null ? (
          <span className="text-muted">unknown</span>
        ) : (
          <span className="flex items-center gap-2">
            <span aria-hidden="true" className="h-1.5 w-20 overflow-hidden rounded-full bg-sunken">
              <span
                className={classNames("block h-full", full > 100 ? "bg-danger" : "bg-accent")}
                style={{ width: `${Math.min(100, full)}%` }}
              />
            </span>
            <span className="tabular-nums">{full} %</span>
          </span>
        )}
      </td>
      <td className="hidden px-1.5 py-2 text-right tabular-nums sm:table-cell">
        {fit.maxConcurrency ?? "unknown"}
      </td>
      <td className="px-1.5 py-2 text-right tabular-nums">{formatPrice(fit.pricePerHour)}</td>
      <td className="py-2 pl-1.5 pr-4 text-right">
        {isChosen ? (
          <Badge tone="good">Chosen</Badge>
        ) : (
          <Button size="small" aria-label={`Take ${instance.name}`} onClick={() => onChoose(instance.name)}>
            Take
          </Button>
        )}
      </td>
    </tr>
  );
}
