import { Panel } from "#components/ui/panel.tsx";
import type { Choice } from "#lib/choose/choose-backend.ts";
import type { DerivedAnswers } from "#lib/choose/derive-answers.ts";
import { backendTitle } from "#lib/lmi/backend-id.ts";
import { SourceNote } from "./source-note.tsx";

/** Why the tree led here, decision by decision, and what would have led elsewhere. */
export function ChoiceReasons({
  choice,
  derived,
  byHand,
}: {
  choice: Choice;
  derived: DerivedAnswers;
  byHand: readonly string[];
}) {
  return (
    <div className="grid items-start gap-5 xl:grid-cols-2">
      <Panel
        title={`It leads to ${backendTitle(choice.backend)}`}
        aside={<SourceNote sources={choice.sources} />}
        bodyClassName="space-y-4 p-4 text-sm"
      >
        <p>
          {choice.framework} {choice.version}, engine {choice.engine}, rolling_batch {choice.rollingBatch}
          {choice.versionNote ? `. ${choice.versionNote}` : "."}
        </p>
        <ol className="space-y-3">
          {choice.path.map((step) => (
            <li key={step.nodeId} className="border-l-2 border-accent pl-3">
              <p className="flex items-center gap-1 text-xs text-muted">
                {step.question}
                <SourceNote sources={step.sources} />
              </p>
              <p className="font-medium">{step.label}</p>
              <p className="text-xs text-muted">
                {byHand.includes(step.nodeId) ? "You answered this by hand." : derived.reasons[step.nodeId]}
              </p>
            </li>
          ))}
        </ol>
        <Remarks title="Because" remarks={choice.reasons} />
        <Remarks title="Mind" remarks={choice.caveats} />
      </Panel>
      <Panel title="What would have changed it" bodyClassName="space-y-4 p-4 text-sm">
        <ul className="space-y-2">
          {choice.otherWays.map((way) => (
            <li key={`${way.nodeId}/${way.answer}`}>
              <p className="text-muted">{way.label}</p>
              <p className="font-medium">
                <span aria-hidden="true">→ </span>
                {way.backend ? backendTitle(way.backend) : `asks: ${way.nextQuestion ?? ""}`}
              </p>
            </li>
          ))}
        </ul>
        {choice.alternatives.length > 0 ? (
          <p>
            For the same traffic the guide also offers {choice.alternatives.map(backendTitle).join(" and ")}.
          </p>
        ) : null}
      </Panel>
    </div>
  );
}

function Remarks({ title, remarks }: { title: string; remarks: readonly string[] }) {
  if (remarks.length === 0) return null;
  return (
    <div>
      <h3 className="text-xs font-semibold text-muted">{title}</h3>
      <ul className="mt-1 list-disc space-y-1 pl-4 text-sm">
        {remarks.map((remark) => (
          <li key={remark} className="[overflow-wrap:anywhere]">
            {remark}
          </li>
        ))}
      </ul>
    </div>
  );
}
