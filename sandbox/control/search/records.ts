import type { JsonObject } from "../../json.ts";
import { describeEndpoint } from "../describe-endpoint.ts";
import { describeModel } from "../models.ts";
import { keyOf, type Scope } from "../scope.ts";
import { tagsOf } from "../tags.ts";
import { exists } from "../timeline.ts";
import { viewEndpoint } from "../view-endpoint.ts";
import { withTagsByKey } from "./property.ts";

/** A record as Search answers it, and with its tags by key as filters look at it. */
export type SearchRow = { readonly name: string; readonly record: JsonObject; readonly searched: JsonObject };

// What Search repeats of DescribeEndpoint.
const ENDPOINT_MEMBERS = [
  "EndpointName",
  "EndpointArn",
  "EndpointConfigName",
  "ProductionVariants",
  "ShadowProductionVariants",
  "DataCaptureConfig",
  "EndpointStatus",
  "FailureReason",
  "CreationTime",
  "LastModifiedTime",
];

const ENDPOINT_FACTS = ["EndpointName", "EndpointArn", "CreationTime", "LastModifiedTime", "EndpointStatus"];

/** Every endpoint of the region with its tags. */
export function endpointRecords(scope: Scope): SearchRow[] {
  return liveEndpoints(scope).map(({ name, arn }) => {
    const tags = tagsOf(scope, arn);
    const record = {
      ...picked(describeEndpoint(scope, { EndpointName: name }), ENDPOINT_MEMBERS),
      Tags: [...tags],
    };
    return { name, record, searched: withTagsByKey(record, tags) };
  });
}

/** Every model of the region with its tags and the endpoints it is deployed to. */
export function modelRecords(scope: Scope): SearchRow[] {
  const now = scope.clock.now();
  const deployed = liveEndpoints(scope).map((endpoint) => ({
    models: viewEndpoint(endpoint, now).variants.map(({ variant }) => keyOf(variant.modelName)),
    facts: picked(describeEndpoint(scope, { EndpointName: endpoint.name }), ENDPOINT_FACTS),
  }));
  return scope.store.all("models", scope.region).map(({ name, arn }) => {
    const tags = tagsOf(scope, arn);
    const model = { ...describeModel(scope, { ModelName: name }), Tags: [...tags] };
    const endpoints = deployed.filter(({ models }) => models.includes(keyOf(name))).map(({ facts }) => facts);
    const record = { Model: model, Endpoints: endpoints };
    return { name, record, searched: { ...record, Model: withTagsByKey(model, tags) } };
  });
}

function liveEndpoints(scope: Scope) {
  const now = scope.clock.now();
  return scope.store.all("endpoints", scope.region).filter((endpoint) => exists(endpoint, now));
}

function picked(described: JsonObject, members: readonly string[]): JsonObject {
  return Object.fromEntries(
    members.flatMap((member) => (described[member] === undefined ? [] : [[member, described[member]]])),
  );
}
