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

/** `isPast` keeps a state that is over from looking as if it were still going on. */
export function StatusBadge({ status, isPast = false }: { status: EndpointStatus; isPast?: boolean }) {
  return (
    <Badge tone={TONES[status]} pulse={!isPast && isTransitional(status)}>
      {status}
    </Badge>
  );
}
