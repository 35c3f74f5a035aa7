import { z } from "zod";
import images from "../../lib/lmi/images.json" with { type: "json" };
import catalogue from "../../lib/lmi/instances.json" with { type: "json" };
import type { JsonObject } from "../json.ts";

const GIB = 1024 ** 3;
/** vLLM's own share of a GPU's memory. */
const USABLE = 0.9;
/** Weights come with activations and graphs of about a fifth. */
const OVERHEAD = 1.2;

const rowSchema = z.object({
  instance_type: z.string(),
  accelerator_kind: z.string().nullish(),
  accelerator_count: z.number().nullish(),
  memory_per_accelerator_gb: z.number().nullish(),
  compute_capability: z.string().nullish(),
  price_us_east_1_usd_per_hour: z.number().nullish(),
});

/** A model in one type of instance. */
type Fit = {
  readonly type: string;
  /** GPUs of one copy. */
  readonly degree: number;
  readonly copies: number;
  /** GiB that are left for key-value caches, over the whole instance. */
  readonly cache: number;
  readonly capability: number;
  readonly price: number | null;
};

type Wish = {
  readonly weightBytes: number;
  readonly modelUri: string;
  /** None: every type there is. */
  readonly types: readonly string[];
  readonly known: readonly string[];
  readonly metric: string;
  readonly framework: string;
  readonly region: string;
};

/**
 * Up to three ways to serve weights of a size, best first. A copy takes the smallest power of two of GPUs whose memory,
 * nine tenths of it, holds the weights and a fifth more; as many copies as fit. `cost` prefers the cheapest instance,
 * `throughput` the most memory left for caches (more requests at once), `ttft-ms` the newest GPUs, then the most of
 * them a copy. Nothing is run, so nothing but the price of the catalogue is expected.
 */
export function recommend(wish: Wish): JsonObject[] {
  const asked = wish.types.length > 0 ? wish.types : wish.known;
  const fits = z
    .array(rowSchema)
    .parse(catalogue.instances)
    .filter((row) => asked.includes(row.instance_type) && row.accelerator_kind === "gpu")
    .flatMap((row) => fitOf(row, wish.weightBytes));
  // Without a price a type cannot be cheapest.
  const ranked = wish.metric === "cost" ? fits.filter(({ price }) => price !== null) : fits;
  const order = ORDERS[wish.metric] ?? byPrice;
  return (ranked.length > 0 ? ranked : fits)
    .toSorted(
      (left, right) => order(left, right) || byPrice(left, right) || (left.type < right.type ? -1 : 1),
    )
    .slice(0, 3)
    .map((fit) => recommendationOf(fit, wish));
}

const byPrice = (left: Fit, right: Fit) => (left.price ?? 1e9) - (right.price ?? 1e9);
const ORDERS: Readonly<Record<string, (left: Fit, right: Fit) => number>> = {
  cost: byPrice,
  throughput: (left, right) => right.cache - left.cache,
  "ttft-ms": (left, right) => right.capability - left.capability || right.degree - left.degree,
};

function fitOf(row: z.infer<typeof rowSchema>, weightBytes: number): Fit[] {
  const { accelerator_count: gpus, memory_per_accelerator_gb: memory } = row;
  if (typeof gpus !== "number" || typeof memory !== "number") return [];
  const needed = (weightBytes / GIB) * OVERHEAD;
  const degree = [1, 2, 4, 8, 16].find((count) => count <= gpus && count * memory * USABLE >= needed);
  if (degree === undefined) return [];
  const copies = Math.floor(gpus / degree);
  return [
    {
      type: row.instance_type,
      degree,
      copies,
      cache: copies * (degree * memory * USABLE - needed),
      capability: Number(row.compute_capability ?? 0),
      price: row.price_us_east_1_usd_per_hour ?? null,
    },
  ];
}

function recommendationOf(fit: Fit, { modelUri, framework, region }: Wish): JsonObject {
  const { type, degree, copies, cache, price } = fit;
  const isLmi = framework === "LMI";
  const image = isLmi ? imageOf(region) : undefined;
  const gpus = degree === 1 ? "one GPU" : `${degree} GPUs`;
  return {
    RecommendationDescription: `${copies} ${copies === 1 ? "copy" : "copies"} of ${gpus} in ${type}; ${cache.toFixed(1)} GiB are left for key-value caches. Computed from the size of the weights and the instance's memory; nothing was run.`,
    DeploymentConfiguration: {
      S3: [{ ChannelName: "model", Uri: modelUri }],
      ...(image === undefined ? {} : { ImageUri: image }),
      InstanceType: type,
      InstanceCount: 1,
      CopyCountPerInstance: copies,
      EnvironmentVariables: isLmi
        ? { HF_MODEL_ID: "/opt/ml/model", OPTION_TENSOR_PARALLEL_DEGREE: String(degree) }
        : { SM_VLLM_MODEL: "/opt/ml/model", SM_VLLM_TENSOR_PARALLEL_SIZE: String(degree) },
    },
    ...(price === null
      ? {}
      : {
          ExpectedPerformance: [
            {
              Metric: "cost",
              Stat: "us-east-1 on demand",
              Value: String(price),
              Unit: "USD per instance hour",
            },
          ],
        }),
  };
}

function imageOf(region: string): string | undefined {
  const places: Readonly<Record<string, { account: string; dns_suffix: string }>> = images.regions;
  const place = places[region];
  const tag = images.lmi_0_36_builds.at(-1)?.tag;
  return place === undefined || tag === undefined
    ? undefined
    : `${place.account}.dkr.ecr.${region}.${place.dns_suffix}/djl-inference:${tag}`;
}
