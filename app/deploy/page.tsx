import type { Metadata } from "next";
import { Suspense } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Wizard } from "#components/wizard/wizard.tsx";
import { defaultBucket } from "#lib/aws/default-bucket.ts";
import { getConnection } from "#lib/aws/get-connection.ts";
import { checkPlan, startDeployment } from "./actions.ts";

export const metadata: Metadata = { title: "Deploy a model" };

// The account is asked when somebody comes, never by a build.
export const dynamic = "force-dynamic";

/** Where the server works, which the top bar knows already. */
async function Placed() {
  const connection = await getConnection();
  const region = connection.region ?? "us-east-1";
  return (
    <Wizard
      place={{
        region,
        isLocal: connection.isLocal,
        bucket: connection.account ? defaultBucket(region, connection.account) : "",
      }}
      actions={{ check: checkPlan, start: startDeployment }}
    />
  );
}

export default function DeployPage() {
  return (
    <>
      <PageHeader title="Deploy a model">
        From a model to a tested endpoint, along AWS's own decision tree. Every step explains itself, and
        nothing is created before the last one.
      </PageHeader>
      <Suspense fallback={<Skeleton label="Opening the wizard" rows={8} />}>
        <Placed />
      </Suspense>
    </>
  );
}
