import type { Metadata } from "next";
import { DeploymentPage } from "#components/deployment/deployment-page.tsx";
import { deleteEndpoint, extendExpiry } from "../../endpoints/actions.ts";
import { retryDeployment } from "../actions.ts";

export const metadata: Metadata = { title: "Deployment" };

export default async function Page({ params }: PageProps<"/deploy/[id]">) {
  const { id } = await params;
  return (
    <DeploymentPage
      id={decodeURIComponent(id)}
      actions={{ retry: retryDeployment, extend: extendExpiry, remove: deleteEndpoint }}
    />
  );
}
