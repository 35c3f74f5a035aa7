import { CopyButton } from "#components/ui/copy-button.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { EndpointDetail } from "#lib/endpoint/endpoint.ts";

export function EndpointFacts({ endpoint }: { endpoint: EndpointDetail }) {
  return (
    <Panel title="Identity" aside={<CopyButton text={endpoint.arn} label="Copy ARN" />}>
      <Facts
        rows={[
          { name: "ARN", value: <code className="font-mono text-xs">{endpoint.arn}</code>, isLong: true },
          { name: "Configuration", value: endpoint.configName ?? "unknown" },
          ...endpoint.tags.map((tag) => ({ name: `Tag ${tag.key}`, value: tag.value || "(empty)" })),
        ]}
      />
    </Panel>
  );
}
