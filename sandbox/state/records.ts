import type { Artifacts } from "../artifacts/artifacts.ts";
import type { StartFault } from "../faults/faults.ts";
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

export type EndpointStatus =
  | "Creating"
  | "InService"
  | "Updating"
  | "SystemUpdating"
  | "RollingBack"
  | "Deleting"
  | "Failed"
  | "UpdateRollbackFailed";

/** What DescribeEndpoint calls a `VariantStatus`. */
export type Stage = "Creating" | "Updating" | "Deleting" | "ActivatingTraffic" | "Baking";

/** A state that begins at a moment; the list of them is the whole life of an endpoint, decided when it is written. */
export type Phase = {
  readonly at: number;
  readonly status: EndpointStatus | "Gone";
  readonly stage?: Stage;
  readonly message?: string;
  /** Which of the record's fleets answers prompts; absent where none does. */
  readonly serves?: number;
  /** The fleet whose counts and weights are striven for. */
  readonly desired: number;
  /** A deployment under way; the numbers are parts of one. */
  readonly pending?: {
    readonly fleet: number;
    /** Prompts that go to the new fleet. */
    readonly share: number;
    /** Machines of the new fleet that run. */
    readonly built: number;
    /** Machines of the old fleet that are gone already. */
    readonly drained: number;
  };
  readonly failureReason?: string;
  /** Why the containers that start in this phase never answer, for their log. */
  readonly trouble?: string;
};

/**
 * What a variant runs, copied when it is deployed: models and configs may be deleted under a live endpoint.
 * `modelName` and `image` are empty where inference components bring the containers, `instanceType` where the
 * variant is serverless.
 */
export type VariantRecord = {
  readonly name: string;
  readonly modelName: string;
  readonly weight: number;
  readonly count: number;
  readonly instanceType: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What lay at the model's address when it was deployed. */
  readonly artifacts?: Artifacts;
  /** The variant as the configuration has it. */
  readonly input: JsonObject;
  /** What was asked to go wrong with its start. */
  readonly fault?: StartFault;
};

/** The machines of one configuration. */
export type Fleet = {
  readonly configName: string;
  readonly variants: readonly VariantRecord[];
  readonly shadows: readonly VariantRecord[];
  /** The configuration less its variants. */
  readonly config: JsonObject;
};

/** How many instances managed scaling gives a variant from a moment on. */
export type CapacityStep = { readonly variant: string; readonly at: number; readonly count: number };

export type EndpointRecord = {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** The fleets that phases point to by their index. */
  readonly fleets: readonly Fleet[];
  /** The recent past and all that is planned. */
  readonly phases: readonly Phase[];
  readonly capacity: readonly CapacityStep[];
  readonly lastDeployment?: JsonObject;
};

type ComponentStatus = "Creating" | "InService" | "Updating" | "Failed" | "Deleting";

/** A state of an inference component that begins at a moment. */
export type ComponentPhase = {
  readonly at: number;
  readonly status: ComponentStatus | "Gone";
  readonly copies: number;
  /** Which of the record's specifications answers prompts. */
  readonly serves: number;
  readonly failureReason?: string;
  /** Why the copies that were started never answered, for their log. */
  readonly trouble?: string;
};

/** What a component runs, with image and environment copied from its model where it names one. */
export type ComponentSpec = {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly artifacts?: Artifacts;
  /** One entry, or one for each instance type. */
  readonly inputs: readonly JsonObject[];
  /** Whether the call gave `Specifications`, which Describe then repeats. */
  readonly several: boolean;
  /** What was asked to go wrong with its start. */
  readonly fault?: StartFault;
};

export type ComponentRecord = {
  readonly name: string;
  readonly arn: string;
  readonly endpointName: string;
  readonly endpointArn: string;
  readonly variantName: string;
  /** The base component of an adapter. */
  readonly baseName?: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly desiredCopies: number;
  readonly specs: readonly ComponentSpec[];
  readonly phases: readonly ComponentPhase[];
  readonly lastDeployment?: JsonObject;
};

export type Tag = { readonly Key: string; readonly Value: string };
