import { ListEndpointsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";

// A program of its own: the clients read environment and configuration file once per process.

function asked(call: Promise<unknown>): Promise<unknown> {
  return call.catch((error: Error) => error.name);
}

const control = new SageMakerClient({ maxAttempts: 1 });
const runtime = new SageMakerRuntimeClient({ maxAttempts: 1 });
const listed = control
  .send(new ListEndpointsCommand({}))
  .then(({ Endpoints = [] }) => Endpoints.map((endpoint) => endpoint.EndpointName));
const invoked = runtime.send(new InvokeEndpointCommand({ EndpointName: "nobody", Body: "{}" }));
// Together: an answer that nobody waits for yet would end the program.
const [found, refused] = await Promise.all([asked(listed), asked(invoked)]);
console.log(JSON.stringify({ control: found, runtime: refused }));
