import { BAD_MODEL, type Call } from "./automaton.ts";

const ROLE = "arn:aws:iam::000000000000:role/sandbox-execution-role";
const IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const MODELS = ["good", "other", BAD_MODEL];
const CONFIGS = ["c1", "c2", "c3", "bare1", "bare2"];
export const ENDPOINTS = ["e1", "e2", "e3", "e4"];
export const COMPONENTS = ["i1", "i2", "a1", "a2"];

/** The next step of a walk: a call, or so many seconds that pass; a day settles everything. */
export type Stride = { readonly call: Call } | { readonly seconds: number };

export const A_DAY = 86_400;

/** A source of steps from a source of chance; the names are few, so that calls meet each other's resources. */
export function createStrides(random: () => number): () => Stride {
  function pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }
  const count = () => 1 + Math.floor(random() * 3);
  const call = (operation: string, input: Call["input"]): Stride => ({ call: { operation, input } });
  const endpoint = () => ({ EndpointName: pick(ENDPOINTS) });
  const component = () => ({ InferenceComponentName: pick(COMPONENTS) });
  const model = () => ({ ModelName: pick(MODELS) });
  const config = () => ({ EndpointConfigName: pick(CONFIGS) });

  function createModel(): Stride {
    const { ModelName } = model();
    const Environment = ModelName === BAD_MODEL ? { LMI_SANDBOX_FAULT: "fail-ping" } : { HF_MODEL_ID: "x" };
    return call("CreateModel", {
      ModelName,
      ExecutionRoleArn: ROLE,
      PrimaryContainer: { Image: IMAGE, Environment },
    });
  }

  function createConfig(): Stride {
    const { EndpointConfigName } = config();
    const bare = EndpointConfigName.startsWith("bare");
    const variant = {
      VariantName: "v1",
      InitialInstanceCount: count(),
      InstanceType: bare ? "ml.g5.12xlarge" : pick(["ml.g5.xlarge", "ml.g6.2xlarge"]),
      ...(bare ? {} : model()),
    };
    return call("CreateEndpointConfig", {
      EndpointConfigName,
      ProductionVariants: [variant],
      ...(bare ? { ExecutionRoleArn: ROLE } : {}),
    });
  }

  function createComponent(): Stride {
    const { InferenceComponentName } = component();
    const adapter = InferenceComponentName.startsWith("a");
    const compute = { NumberOfAcceleratorDevicesRequired: 1, MinMemoryRequiredInMb: 1024 };
    const Specification = adapter
      ? { BaseInferenceComponentName: pick(["i1", "i2"]), Container: { ArtifactUrl: "s3://b/a.tar.gz" } }
      : { ...model(), ComputeResourceRequirements: compute };
    return call("CreateInferenceComponent", {
      InferenceComponentName,
      ...endpoint(),
      Specification,
      ...(adapter ? {} : { VariantName: "v1", RuntimeConfig: { CopyCount: 1 } }),
    });
  }

  const strides: readonly (() => Stride)[] = [
    createModel,
    () => call("DeleteModel", model()),
    () => call("DescribeModel", model()),
    createConfig,
    createConfig,
    () => call("DeleteEndpointConfig", config()),
    () => call("DescribeEndpointConfig", config()),
    () => call("CreateEndpoint", { ...endpoint(), ...config() }),
    () => call("CreateEndpoint", { ...endpoint(), ...config() }),
    () => call("UpdateEndpoint", { ...endpoint(), ...config() }),
    () => call("UpdateEndpoint", { ...endpoint(), ...config(), RetainAllVariantProperties: random() < 0.5 }),
    () =>
      call("UpdateEndpointWeightsAndCapacities", {
        ...endpoint(),
        DesiredWeightsAndCapacities: [
          { VariantName: random() < 0.1 ? "v9" : "v1", DesiredInstanceCount: count() },
        ],
      }),
    () => call("DeleteEndpoint", endpoint()),
    () => call("DescribeEndpoint", endpoint()),
    createComponent,
    createComponent,
    createComponent,
    () =>
      call("UpdateInferenceComponentRuntimeConfig", {
        ...component(),
        DesiredRuntimeConfig: { CopyCount: Math.floor(random() * 2) },
      }),
    () => call("DeleteInferenceComponent", component()),
    () => call("DescribeInferenceComponent", component()),
    () => ({ seconds: Math.floor(random() * 400) }),
    () => ({ seconds: random() < 0.4 ? A_DAY : 30 }),
  ];
  return () => pick(strides)();
}
