"use client";

import { Button } from "#components/ui/button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { ERA_IDS, type EraId } from "#lib/choose/era-id.ts";
import { eraOf } from "#lib/choose/tree-catalogue.ts";
import { choiceOf, followTree } from "#lib/plan/follow-tree.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { ChoiceReasons } from "./choice-reasons.tsx";
import { SourceNote } from "./source-note.tsx";
import type { StepProps } from "./steps.ts";
import { TreeFigure } from "./tree-figure.tsx";
import { WishFields } from "./wish-fields.tsx";

const ERA_LABELS: Record<EraId, string> = {
  "lmi-march-2024": "March 2024",
  "lmi-0.26-0.27-april-2024": "2024",
  "lmi-v15-v28-current": "Current",
};

/** AWS's decision tree, answered from the wish, drawn with the way taken. */
export function TaskStep({ plan, change }: StepProps) {
  const era = eraOf(plan.eraId);
  const { derived, choice } = choiceOf(plan);
  const answers = { ...derived.answers, ...plan.answers };
  const byHand = Object.keys(plan.answers).filter((node) => era.nodes.some(({ id }) => id === node));

  function follow(patch: Partial<Plan>) {
    change(followTree(plan, patch));
  }

  return (
    <div className="space-y-5">
      <WishFields wish={plan.wish} onChange={(wish) => follow({ wish: { ...plan.wish, ...wish } })} />
      <Panel
        title="Decision tree"
        aside={
          <div className="flex flex-wrap items-center justify-end gap-2">
            <Segmented
              label="Era"
              value={plan.eraId}
              options={ERA_IDS.map((value) => ({ value, label: ERA_LABELS[value] }))}
              onChange={(eraId) =>
                follow({ eraId, answers: {}, lmiVersion: versionOf(eraId, plan.lmiVersion) })
              }
            />
            <SourceNote sources={era.primary_figure ? [era.primary_figure] : []}>
              <p>{era.title}</p>
            </SourceNote>
          </div>
        }
        bodyClassName="space-y-4 p-4"
      >
        <TreeFigure
          era={era}
          answers={answers}
          onAnswer={(node, answer) => follow({ answers: { ...plan.answers, [node]: answer } })}
        />
        {byHand.length > 0 ? (
          <div className="flex flex-wrap items-center gap-2 text-sm text-muted">
            {byHand.length} answer{byHand.length === 1 ? " was" : "s were"} given by hand.
            <Button size="small" onClick={() => follow({ answers: {} })}>
              Answer from what is known again
            </Button>
          </div>
        ) : null}
      </Panel>
      {choice.ok ? (
        <ChoiceReasons choice={choice.value} derived={derived} byHand={byHand} />
      ) : (
        <FailureNotice
          failure={{
            ...choice.failure,
            hint: `${derived.reasons[choice.failure.field ?? ""] ?? ""} ${choice.failure.hint ?? ""} Choose it in the tree.`.trim(),
          }}
        />
      )}
    </div>
  );
}

/** The version asked of an era: the one already chosen where it belongs, or else the era's last. */
function versionOf(eraId: EraId, version: string): string {
  const versions = eraOf(eraId).applies_to_versions;
  return versions.includes(version) ? version : (versions.at(-1) ?? version);
}
