import "server-only";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { IAMClient } from "@aws-sdk/client-iam";
import { PricingClient } from "@aws-sdk/client-pricing";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { STSClient } from "@aws-sdk/client-sts";

type Clients = {
  sagemaker: SageMakerClient;
  runtime: SageMakerRuntimeClient;
  sts: STSClient;
  iam: IAMClient;
  logs: CloudWatchLogsClient;
  pricing: PricingClient;
  quotas: ServiceQuotasClient;
  s3: S3Client;
  /** Of each region that was asked for. */
  ecr: Map<string, ECRClient>;
};

declare global {
  /** Outlives a module reload of the development server: a new client would open new sockets each time. */
  var sagescopeClients: Clients | undefined;
}

const CONNECTION_TIMEOUT_MS = 5_000;
/** The price list is answered in few regions; this one has every region's prices (AWS Billing user guide). */
const PRICE_LIST_REGION = "us-east-1";
/** A container may stream for eight minutes (developer guide, "Model Hosting FAQs"); nothing waits longer. */
const STREAM_TIMEOUT_MS = 8 * 60_000;

/**
 * Region, credentials and endpoint URLs are left to the SDK: variables, profiles and the `services` section
 * of the shared configuration all count, in its own order.
 */
function createClients(): Clients {
  return {
    sagemaker: new SageMakerClient({
      retryMode: "adaptive",
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: 20_000,
        throwOnRequestTimeout: true,
        httpAgent: { keepAlive: true, maxSockets: 32 },
        httpsAgent: { keepAlive: true, maxSockets: 32 },
      },
    }),
    runtime: new SageMakerRuntimeClient({
      // A retried prompt is billed and queued again: one click is one request.
      maxAttempts: 1,
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: STREAM_TIMEOUT_MS,
        socketTimeout: STREAM_TIMEOUT_MS,
        throwOnRequestTimeout: true,
        httpAgent: { keepAlive: true, maxSockets: 1_024 },
        httpsAgent: { keepAlive: true, maxSockets: 1_024 },
      },
    }),
    sts: new STSClient(quick()),
    iam: new IAMClient(quick()),
    logs: new CloudWatchLogsClient(quick()),
    pricing: new PricingClient({ ...quick(), region: PRICE_LIST_REGION }),
    quotas: new ServiceQuotasClient(quick()),
    // Path style: a bucket's name may hold dots, and a local host has no names of buckets before it.
    s3: new S3Client({ ...quick(), forcePathStyle: true }),
    ecr: new Map(),
  };
}

/** What answers a person who waits: two attempts, and no longer than they would wait. */
function quick() {
  return {
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: 8_000,
      throwOnRequestTimeout: true,
    },
  };
}

function clients(): Clients {
  globalThis.sagescopeClients ??= createClients();
  return globalThis.sagescopeClients;
}

/** The control plane: models, endpoint configurations, endpoints. */
export function sagemaker(): SageMakerClient {
  return clients().sagemaker;
}

/** Prompts. */
export function runtime(): SageMakerRuntimeClient {
  return clients().runtime;
}

/** Who we are. */
export function sts(): STSClient {
  return clients().sts;
}

/** Execution roles. */
export function iam(): IAMClient {
  return clients().iam;
}

/** What containers write. */
export function cloudWatchLogs(): CloudWatchLogsClient {
  return clients().logs;
}

/** The public price list. */
export function pricing(): PricingClient {
  return clients().pricing;
}

/** How many machines the account may run. */
export function serviceQuotas(): ServiceQuotasClient {
  return clients().quotas;
}

/** The registry of container images of a region: an image's address names it, wherever this server works. */
export function ecr(region: string): ECRClient {
  const known = clients().ecr;
  const client = known.get(region) ?? new ECRClient({ ...quick(), region });
  known.set(region, client);
  return client;
}

/** Archives of models. */
export function s3(): S3Client {
  return clients().s3;
}

/**
 * Twins of the two clients for asking where a request would go, without sending one. Their credentials are
 * blanks because the SDK looks for credentials first, and a place is worth showing even when none are found.
 */
export function placeProbes(): { sagemaker: SageMakerClient; runtime: SageMakerRuntimeClient } {
  const credentials = { accessKeyId: "none", secretAccessKey: "none" };
  return {
    sagemaker: new SageMakerClient({ credentials }),
    runtime: new SageMakerRuntimeClient({ credentials }),
  };
}
