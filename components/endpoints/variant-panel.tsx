import { Age } from "#components/ui/age.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Container, Variant } from "#lib/endpoint/endpoint.ts";

/** One production variant: the machines, the phase they are in, and the container they run. */
export function VariantPanel({ variant }: { variant: Variant }) {
  const instances =
    variant.currentInstances === variant.desiredInstances
      ? `${variant.currentInstances ?? "unknown"}`
      : `${variant.currentInstances ?? "?"} of ${variant.desiredInstances ?? "?"} wanted`;
  return (
    <Panel title={`Variant ${variant.name}`} bodyClassName="space-y-5 p-4">
      {variant.phase ? (
        <p className="rounded-lg bg-calm-soft px-3 py-2 text-sm text-calm">
          <strong className="font-semibold">{variant.phase.status}</strong>
          {variant.phase.message ? `: ${variant.phase.message}` : null}
          {variant.phase.startedAt ? (
            <>
              {" "}
              (since <Age moment={variant.phase.startedAt} />)
            </>
          ) : null}
        </p>
      ) : null}
      <Facts
        rows={[
          { name: "Instance type", value: variant.instanceType ?? "decided by its components" },
          { name: "Instances", value: instances },
          { name: "Traffic weight", value: variant.currentWeight ?? "unknown" },
          { name: "Model", value: variant.modelName ?? "none (inference components)" },
        ]}
      />
      {variant.container ? <ContainerFacts container={variant.container} /> : null}
    </Panel>
  );
}

function ContainerFacts({ container }: { container: Container }) {
  const environment = Object.entries(container.environment);
  return (
    <div>
      <h3 className="mb-2 flex items-center justify-between text-sm font-semibold">
        Container
        <CopyButton text={container.image} label="Copy image" />
      </h3>
      <Facts
        rows={[
          { name: "Runs", value: container.label },
          {
            name: "Image",
            value: <code className="font-mono text-xs">{container.image}</code>,
            isLong: true,
          },
          ...(container.modelDataUrl
            ? [{ name: "Model data", value: container.modelDataUrl, isLong: true }]
            : []),
          { name: "Log probabilities", value: knows(container.sendsLogProbs) },
          { name: "Alternatives", value: container.sendsAlternatives ? "on request" : "not sent" },
        ]}
      />
      <h3 className="mb-2 mt-5 text-sm font-semibold">Environment</h3>
      {environment.length === 0 ? (
        <p className="text-sm text-muted">No variables are set.</p>
      ) : (
        <div className="overflow-x-auto rounded-lg border border-line">
          <table className="w-full text-left font-mono text-xs">
            <thead className="sr-only">
              <tr>
                <th scope="col">Variable</th>
                <th scope="col">Value</th>
              </tr>
            </thead>
            <tbody>
              {environment.map(([key, value]) => (
                <tr key={key} className="border-b border-line last:border-0">
                  <th
                    scope="row"
                    className="px-3 py-1.5 align-top font-medium text-muted sm:w-0 sm:whitespace-nowrap"
                  >
                    {key}
                  </th>
                  <td className="px-3 py-1.5 [overflow-wrap:anywhere]">{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function knows(sends: boolean | null): string {
  if (sends === null) return "unknown until the first answer";
  return sends ? "on every token" : "this back end sends none";
}
