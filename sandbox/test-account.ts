import {
  type ContainerDefinition,
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  type CreateEndpointConfigCommandInput,
  CreateModelCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { z } from "zod";

const LMI = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const ROLE = "arn:aws:iam::000000000000:role/sandbox-execution-role";

/** What a test does in an account, by the clients everybody has. */
export function openTestAccount(url: string) {
  const settings = {
    region: "us-east-1",
    endpoint: url,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  };
  const sagemaker = new SageMakerClient(settings);
  const runtime = new SageMakerRuntimeClient(settings);

  // S3's client is no dependency of the program, and these few calls are plain HTTP.
  function callStorage(method: string, path: string, body?: string | Uint8Array<ArrayBuffer>) {
    const headers = { authorization: trusted("s3"), "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
    return fetch(`${url}/${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  }

  /** The same for CloudWatch; answers what it said, or nothing where it says nothing. */
  async function callCloudWatch(operation: string, input: object): Promise<unknown> {
    const headers = {
      "x-amz-target": `GraniteServiceVersion20100801.${operation}`,
      "content-type": "application/x-amz-json-1.0",
      authorization: trusted("monitoring"),
    };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(input) });
    const text = await answer.text();
    return text === "" ? undefined : JSON.parse(text);
  }

  return {
    sagemaker,
    runtime,
    callCloudWatch,
    makeBucket: (bucket: string) => callStorage("PUT", bucket),
    put: (bucket: string, key: string, body: string | Uint8Array<ArrayBuffer>) =>
      callStorage("PUT", `${bucket}/${key}`, body),
    /** The bytes of an object by its URI; throws where there is none. */
    async readBytes(uri: string): Promise<Buffer> {
      const answer = await callStorage("GET", uri.replace("s3://", ""));
      if (!answer.ok) throw new Error(`${uri}: ${answer.status}`);
      return Buffer.from(await answer.arrayBuffer());
    },
    /** The text of an object by its URI; throws where there is none. */
    async read(uri: string): Promise<string> {
      return (await this.readBytes(uri)).toString();
    },
    async keys(bucket: string): Promise<string[]> {
      const text = await (await callStorage("GET", `${bucket}?list-type=2`)).text();
      return [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key ?? "");
    },
    /** A model, a configuration and an endpoint of one name, with one variant `v1`. */
    async makeEndpoint(
      name: string,
      config: Partial<CreateEndpointConfigCommandInput> = {},
      environment: Record<string, string> = {},
      image = LMI,
      container: Partial<ContainerDefinition> = {},
    ): Promise<void> {
      await sagemaker.send(
        new CreateModelCommand({
          ModelName: name,
          ExecutionRoleArn: ROLE,
          PrimaryContainer: { Image: image, Environment: environment, ...container },
        }),
      );
      await sagemaker.send(
        new CreateEndpointConfigCommand({
          EndpointConfigName: name,
          ProductionVariants: [
            { VariantName: "v1", ModelName: name, InstanceType: "ml.g5.xlarge", InitialInstanceCount: 1 },
          ],
          ...config,
        }),
      );
      await sagemaker.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
    },
    /** The values of a SageMaker metric from an hour ago to an hour ahead of a moment (milliseconds), oldest first. */
    async metric(name: string, dimensions: Record<string, string>, now: number): Promise<number[]> {
      const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
      const Metric = { Namespace: "AWS/SageMaker", MetricName: name, Dimensions };
      const answer = await callCloudWatch("GetMetricData", {
        StartTime: now / 1000 - 3600,
        EndTime: now / 1000 + 3600,
        ScanBy: "TimestampAscending",
        MetricDataQueries: [{ Id: "m", MetricStat: { Metric, Period: 60, Stat: "Maximum" } }],
      });
      return resultSchema.parse(answer).MetricDataResults[0]?.Values ?? [];
    },
  };
}

/** A key whose secret the sandbox does not know is trusted. */
function trusted(service: string): string {
  return `AWS4-HMAC-SHA256 Credential=other/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

const resultSchema = z.object({ MetricDataResults: z.array(z.object({ Values: z.array(z.number()) })) });

/** Asks again until the answer is there. Throws after ten seconds. */
export async function eventually<Found>(ask: () => Promise<Found | undefined>): Promise<Found> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const found = await ask().catch(() => undefined);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not come");
}
