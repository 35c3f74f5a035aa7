"use client";

import { useLayoutEffect, useRef } from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { STEP_IDS, STEP_TITLES, type StepId, settledBy } from "./steps.ts";

/** All steps with what each has settled. Any may be opened at any time: nothing is locked. */
export function Stepper({
  step,
  plan,
  onStep,
}: {
  step: StepId;
  plan: Plan;
  onStep: (step: StepId) => void;
}) {
  const bar = useRef<HTMLElement>(null);

  // Where the steps stand in a row the open one may lie outside it: the external system is the browser's scrolling.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it moves when another step is opened.
  useLayoutEffect(() => {
    const current = bar.current?.querySelector<HTMLElement>("[aria-current]");
    if (bar.current && current) bar.current.scrollLeft = current.offsetLeft - bar.current.offsetLeft - 48;
  }, [step]);

  return (
    <nav
      ref={bar}
      aria-label="Plan"
      className="-mx-4 overflow-x-auto px-4 lg:sticky lg:top-4 lg:mx-0 lg:overflow-visible lg:px-0"
    >
      <ol className="flex gap-1 lg:flex-col lg:gap-0.5">
        {STEP_IDS.map((id, position) => {
          const isCurrent = id === step;
          const settled = settledBy(id, plan);
          return (
            <li key={id} className="shrink-0 lg:shrink">
              <button
                type="button"
                aria-current={isCurrent ? "step" : undefined}
                onClick={() => onStep(id)}
                className={classNames(
                  "flex w-full items-start gap-2.5 rounded-lg px-2.5 py-2 text-left text-sm hover:transition-colors",
                  isCurrent ? "bg-accent-soft text-accent" : "text-ink hover:bg-sunken",
                )}
              >
                <span
                  aria-hidden="true"
                  className={classNames(
                    "grid size-5 shrink-0 place-items-center rounded-full border text-[0.6875rem] tabular-nums",
                    isCurrent ? "border-accent bg-accent text-on-accent" : "border-line-strong text-muted",
                  )}
                >
                  {position + 1}
                </span>
                <span className="min-w-0">
                  <span className="block whitespace-nowrap font-medium">{STEP_TITLES[id]}</span>
                  {settled ? (
                    <span
                      className={classNames(
                        "hidden truncate text-xs lg:block",
                        isCurrent ? "text-accent" : "text-muted",
                      )}
                      title={settled}
                    >
                      {settled}
                    </span>
                  ) : null}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
