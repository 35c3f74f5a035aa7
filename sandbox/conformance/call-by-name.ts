import * as sagemaker from "@aws-sdk/client-sagemaker";
import * as runtime from "@aws-sdk/client-sagemaker-runtime";

type Send = (command: unknown) => Promise<Record<string, unknown>>;
type Kit = { connect: (settings: object) => { send: Send }; commands: Readonly<Record<string, unknown>> };

const KITS: Readonly<Record<string, Kit>> = {
  sagemaker: {
    connect: (settings) => sendingAnything(new sagemaker.SageMakerClient(settings)),
    commands: sagemaker,
  },
  "sagemaker-runtime": {
    connect: (settings) => sendingAnything(new runtime.SageMakerRuntimeClient(settings)),
    commands: runtime,
  },
};

/** One call of a table: the JavaScript client's answer, or the error it throws. */
export async function callByName(
  url: string,
  service: string,
  call: string,
  input: object,
  secretAccessKey = "sandbox",
): Promise<Record<string, unknown>> {
  const kit = KITS[service];
  const Command = kit?.commands[`${call}Command`];
  if (kit === undefined || typeof Command !== "function") {
    throw new Error(`the JavaScript clients have no ${service} ${call}`);
  }
  const client = kit.connect({
    region: "us-east-1",
    endpoint: url,
    credentials: { accessKeyId: "sandbox", secretAccessKey },
    maxAttempts: 1,
  });
  return client.send(Reflect.construct(Command, [input]));
}

// A client takes only its own commands; which ones belong together is in the table and not in a type.
function sendingAnything(client: object): { send: Send } {
  return client as { send: Send };
}
