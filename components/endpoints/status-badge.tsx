import { Badge, type Tone } from "#components/ui/badge.tsx";
import type { EndpointStatus } from "#lib/endpoint/endpoint.ts";
import { isTransitional } from "#lib/endpoint/status.ts";

const TONES: Record<EndpointStatus, Tone> = {
  Creating: "busy",
  InService: "good",
  Updating: "busy",
  SystemUpdating: "busy",
  RollingBack: "warn",
  Deleting: "busy",
  Failed: "bad",
  OutOfService: "warn",
  UpdateRollbackFailed: "bad",
  Unknown: "plain",
};

export function StatusBadge({ status }: { status: EndpointStatus }) {
  return (
    <Badge tone={TONES[status]} pulse={isTransitional(status)}>
      {status}
    </Badge>
  );
}
