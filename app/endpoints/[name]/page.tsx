import type { Metadata } from "next";
import { EndpointPage } from "#components/endpoints/endpoint-page.tsx";
import { deleteEndpoint, extendExpiry } from "../actions.ts";

export async function generateMetadata({ params }: PageProps<"/endpoints/[name]">): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: PageProps<"/endpoints/[name]">) {
  const { name } = await params;
  return (
    <EndpointPage name={decodeURIComponent(name)} deleteAction={deleteEndpoint} extendAction={extendExpiry} />
  );
}
