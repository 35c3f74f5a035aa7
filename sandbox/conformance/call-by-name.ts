import * as sagemaker from "@aws-sdk/client-sagemaker";
import * as runtime from "@aws-sdk/client-sagemaker-runtime";

type Send = (command: unknown) => Promise<Record<string, unknown>>;
type Kit = { connect: (settings: object) => { send: Send }; commands: Readonly<Record<string, unknown>> };

const KITS: Record<string, Kit> = {
  sagemaker: {
    connect: (settings) => sendingAnything(new sagemaker.SageMakerClient(settings)),
    commands: sagemaker,
  },
  "sagemaker-runtime": {
    connect: (settings) => sendingAnything(new runtime.SageMakerRuntimeClient(settings)),
    commands: runtime,
  },
};

/** Lets a test call another service by name, with a client that only tests have. */
export function addKit(
  service: string,
  connect: (settings: object) => object,
  commands: Kit["commands"],
): void {
  KITS[service] = { connect: (settings) => sendingAnything(connect(settings)), commands };
}

// Making a client costs more than a call.
const clients = new Map<string, { send: Send }>();

function settingsOf(url: string, secretAccessKey: string): object {
  const credentials = { accessKeyId: "sandbox", secretAccessKey };
  return { region: "us-east-1", endpoint: url, credentials, maxAttempts: 1 };
}

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
  const key = [url, service, secretAccessKey].join(" ");
  const client = clients.get(key) ?? kit.connect(settingsOf(url, secretAccessKey));
  clients.set(key, client);
  return client.send(Reflect.construct(Command, [input]));
}

// A client takes only its own commands; which ones belong together is in the table and not in a type.
function sendingAnything(client: object): { send: Send } {
  return client as { send: Send };
}
