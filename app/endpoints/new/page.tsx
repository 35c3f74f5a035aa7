import type { Metadata } from "next";
import { CreateEndpointForm } from "#components/endpoints/create-endpoint-form.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { getConnection } from "#lib/aws/get-connection.ts";
import { INSTANCE_TYPES, type InstanceType } from "#lib/lmi/instance-types.ts";
import { presetsIn } from "#lib/lmi/model-presets.ts";
import { createEndpoint } from "../actions.ts";

export const metadata: Metadata = { title: "Create endpoint" };

export default async function CreateEndpointPage() {
  const connection = await getConnection();
  const presets = presetsIn(connection.region ?? "us-east-1").map(({ preset, image }) => ({
    id: preset.id,
    title: preset.title,
    description: preset.description,
    image: image.ok ? image.value : null,
    refusal: image.ok ? null : image.failure.message,
    environment: preset.environment,
    instanceType: preset.instanceType,
    instanceCount: preset.instanceCount,
    startupTimeoutSeconds: preset.startupTimeoutSeconds,
    wanted: preset.wanted,
  }));
  return (
    <>
      <PageHeader title="Create endpoint">
        A model, an endpoint configuration and an endpoint are made together; if one step fails, the earlier
        ones are taken back.
      </PageHeader>
      <CreateEndpointForm
        presets={presets}
        instances={INSTANCE_TYPES.map(describeInstance)}
        // A local peer checks the shape of a role and nothing else; a guess for a real account would mislead.
        suggestedRole={
          connection.isLocal ? `arn:aws:iam::${connection.account ?? "000000000000"}:role/execution` : ""
        }
        isLocal={connection.isLocal}
        action={createEndpoint}
      />
    </>
  );
}

function describeInstance(type: InstanceType) {
  const accelerators = type.accelerator
    ? `${type.acceleratorCount ?? "?"} × ${type.accelerator}, ${type.acceleratorMemoryGb ?? "?"} GB`
    : `${type.vcpus ?? "?"} vCPU`;
  return { name: type.name, family: type.family, label: accelerators, pricePerHour: type.pricePerHour };
}
