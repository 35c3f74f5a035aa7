import type { JsonObject } from "../json.ts";

/** A model as it was created; `createdAt` in milliseconds. */
export type ModelRecord = {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly input: JsonObject;
};

/** An endpoint configuration as it was created. */
export type ConfigRecord = ModelRecord;

/** A status that begins at a moment; the list of them is the whole life of an endpoint. */
export type Phase = {
  readonly at: number;
  readonly status: "Creating" | "InService" | "Failed" | "Deleting" | "Gone";
  readonly message?: string;
};

/** What a variant runs, copied at creation: models and configs may be deleted under a live endpoint. */
export type VariantRecord = {
  readonly name: string;
  readonly modelName: string;
  readonly weight: number;
  readonly count: number;
  readonly instanceType: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly input: JsonObject;
};

export type EndpointRecord = {
  readonly name: string;
  readonly arn: string;
  readonly configName: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly phases: readonly Phase[];
  readonly variants: readonly VariantRecord[];
  readonly failureReason?: string;
};

export type Tag = { readonly Key: string; readonly Value: string };
