import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { ExperimentSpec } from "#lib/experiment/experiment-spec.ts";
import { PARAMETERS } from "#lib/wire/parameters.ts";

/** What every run of an experiment was asked, and how. */
export function QuestionPanel({ spec }: { spec: ExperimentSpec }) {
  const { prompt, messages = [], parameters, dialect, stream, autoContinue } = spec.request;
  const varied = spec.kind === "sweep" ? "temperature" : null;
  const rows = PARAMETERS.flatMap(({ name, label }) => {
    const value = parameters[name];
    return value === undefined || name === varied ? [] : [{ name: label, value: words(value) }];
  });
  return (
    <Panel title="Question" bodyClassName="space-y-4 p-4" className="xl:sticky xl:top-4">
      {prompt === undefined ? (
        <ul className="space-y-2 text-sm">
          {messages.map(({ role, content }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: messages of one list never move.
            <li key={index}>
              <span className="text-xs font-medium text-muted">{role}</span>
              <Words text={content} />
            </li>
          ))}
        </ul>
      ) : (
        <Words text={prompt} />
      )}
      <Facts
        rows={[
          ...(spec.kind === "sweep" ? [{ name: "Temperatures", value: spec.temperatures.join(", ") }] : []),
          ...(spec.kind === "classify"
            ? [{ name: "Labels", value: spec.labels.map(({ name }) => name).join(", ") }]
            : []),
          ...rows,
          ...(dialect ? [{ name: "Request format", value: dialect }] : []),
          ...(stream === false ? [{ name: "Streaming", value: "off" }] : []),
          ...(autoContinue
            ? [{ name: "Auto-continue", value: `${autoContinue.maxRequests} requests at most` }]
            : []),
        ]}
      />
    </Panel>
  );
}

function Words({ text }: { text: string }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label="What was asked"
      dir="auto"
      className="max-h-64 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken px-3 py-2 text-sm [overflow-wrap:anywhere]"
    >
      {text}
    </section>
  );
}

function words(value: unknown): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return Array.isArray(value) ? value.map((one) => JSON.stringify(one)).join(", ") : String(value);
}
