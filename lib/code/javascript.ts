import { type CodeTarget, runtimeUrl } from "./code-target.ts";

const READ_LINES = `async function* lines(body) {
  // A part may end inside a line, and even inside a character.
  const decoder = new TextDecoder();
  let rest = "";
  for await (const event of body) {
    rest += decoder.decode(event.PayloadPart.Bytes, { stream: true });
    const whole = rest.split("\\n");
    rest = whole.pop();
    yield* whole;
  }
  yield rest + decoder.decode();
}

// The new text of a line: LMI schema, OpenAI completions, OpenAI chat.
function textOf(chunk) {
  if (chunk.error) throw new Error(JSON.stringify(chunk.error));
  if (chunk.token) return chunk.token.special_token ? "" : (chunk.token.text ?? "");
  const choice = chunk.choices?.[0];
  return choice?.text ?? choice?.delta?.content ?? "";
}

for await (const raw of lines(response.Body)) {
  const line = raw.replace(/^data:/, "").trim();
  if (line === "" || line === "[DONE]") continue;
  // LMI may write a bare NaN or Infinity, which is no JSON.
  const chunk = JSON.parse(line.replace(/(:\\s*)(-?Infinity|NaN)(?=\\s*[,}\\]])/g, "$1null"));
  process.stdout.write(textOf(chunk));
}
process.stdout.write("\\n");
`;

/** JavaScript with the AWS SDK: streams, and reads lines whatever the boundaries of the parts. */
export function renderJavaScript(target: CodeTarget): string {
  const { endpointName, inferenceComponentName, targetVariant, region, endpointUrl, body } = target;
  const client = [`region: ${JSON.stringify(region)}`];
  if (endpointUrl !== null) client.push(`endpoint: ${JSON.stringify(runtimeUrl(target))}`);
  const parameters = [
    `EndpointName: ${JSON.stringify(endpointName)},`,
    ...(inferenceComponentName ? [`InferenceComponentName: ${JSON.stringify(inferenceComponentName)},`] : []),
    ...(targetVariant ? [`TargetVariant: ${JSON.stringify(targetVariant)},`] : []),
    `ContentType: "application/json",`,
    `Body: JSON.stringify(${JSON.stringify(body, null, 2).replaceAll("\n", "\n    ")}),`,
  ];
  return `import {
  InvokeEndpointWithResponseStreamCommand,
  SageMakerRuntimeClient,
} from "@aws-sdk/client-sagemaker-runtime";

// One attempt: a prompt that is sent again is answered, and paid for, again.
const runtime = new SageMakerRuntimeClient({ ${client.join(", ")}, maxAttempts: 1 });
const response = await runtime.send(
  new InvokeEndpointWithResponseStreamCommand({
    ${parameters.join("\n    ")}
  }),
);

${READ_LINES}`;
}
