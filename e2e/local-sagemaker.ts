import { signedHeaders } from "./sign.ts";

/** One token of a scripted answer. */
type ScriptedToken = { text: string; logProb?: number; top?: { text: string; logProb: number }[] };

type Script = {
  words: (string | ScriptedToken)[];
  finish?: "length" | "eos" | "stop";
  delayMs?: number;
  /** The container fails after the words, with this message. */
  failure?: string;
};

export type LocalSageMaker = {
  url: string;
  /** What the next prompts to an endpoint are answered with, one script a prompt. */
  script: (endpoint: string, ...scripts: Script[]) => Promise<void>;
  /** Lets so much of its time pass at once. */
  advance: (time: string) => Promise<void>;
  liveInvocations: () => Promise<number>;
  /** A running endpoint, whose container has these variables. */
  createEndpoint: (name: string, environment?: Record<string, string>) => Promise<void>;
  deleteEndpoint: (name: string) => Promise<void>;
  /** Names of all endpoints there are. */
  endpointNames: () => Promise<string[]>;
};

const IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const ROLE = "arn:aws:iam::000000000000:role/sagescope-execution";

/** The local SageMaker behind an app, found by what the app itself says it talks to. */
export async function connectLocalSageMaker(appUrl: string): Promise<LocalSageMaker> {
  const connection = await (await fetch(`${appUrl}/api/connection`)).json();
  const host = String(connection.controlHost);
  const url = `http://${host}`;

  async function control(path: string, body?: unknown) {
    const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${url}/_sandbox/${path}`, sent);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async function call(operation: string, input: unknown) {
    const body = JSON.stringify(input);
    const headers = signedHeaders(host, operation, body, new Date());
    const response = await fetch(url, { method: "POST", headers, body });
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
  }

  return {
    url,
    script: async (endpoint, ...scripts) => {
      await control("script", { endpoint, times: 0 });
      for (const script of scripts) await control("script", { endpoint, script: renderScript(script) });
    },
    advance: async (time) => void (await control("clock", { advance: time })),
    liveInvocations: async () => Number((await control("state")).liveInvocations),
    createEndpoint: async (name, environment = {}) => {
      const container = { Image: IMAGE, Environment: { HF_MODEL_ID: "sagescope/demo", ...environment } };
      await call("CreateModel", { ModelName: name, ExecutionRoleArn: ROLE, PrimaryContainer: container });
      const variant = { VariantName: "AllTraffic", ModelName: name, InstanceType: "ml.g5.xlarge" };
      const variants = [{ ...variant, InitialInstanceCount: 1 }];
      await call("CreateEndpointConfig", { EndpointConfigName: name, ProductionVariants: variants });
      await call("CreateEndpoint", { EndpointName: name, EndpointConfigName: name });
      await control("clock", { advance: "1h" });
    },
    deleteEndpoint: async (name) => {
      await call("DeleteEndpoint", { EndpointName: name });
      await control("clock", { advance: "10m" });
    },
    endpointNames: async () => {
      const { regions } = await control("state");
      const places: { endpoints: { name: string }[] }[] = regions;
      return places.flatMap(({ endpoints }) => endpoints.map(({ name }) => name));
    },
  };
}

function renderScript({ words, finish = "eos", delayMs = 0, failure }: Script) {
  const tokens = words.map((word, index) => {
    const { text, logProb = -0.05, top }: ScriptedToken = typeof word === "string" ? { text: word } : word;
    const weighed = top?.map((one, rank) => ({ id: 1_000 + rank, ...one }));
    return { id: 100 + index, text, logProb, ...(weighed ? { top: weighed } : {}) };
  });
  return { tokens, finish, delayMs, ...(failure === undefined ? {} : { failure }) };
}
