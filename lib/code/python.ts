import type { CodeTarget } from "./code-target.ts";

const READ_LINES = `def lines(parts):
    """Lines of the answer. A part may end inside a line, and even inside a character."""
    rest = b""
    for part in parts:
        rest += part
        *whole, rest = rest.split(b"\\n")
        yield from whole
    yield rest


def text_of(chunk):
    """The new text of a line: LMI schema, OpenAI completions, OpenAI chat."""
    if "error" in chunk:
        raise RuntimeError(chunk["error"])
    if "token" in chunk:
        return "" if chunk["token"].get("special_token") else chunk["token"].get("text", "")
    choice = next(iter(chunk.get("choices", [])), {})
    return choice.get("text") or choice.get("delta", {}).get("content") or ""


for line in lines(parts):
    line = line.decode("utf-8").removeprefix("data:").strip()
    if line and line != "[DONE]":
        # Python's json also reads the bare NaN and Infinity that LMI may write.
        print(text_of(json.loads(line)), end="", flush=True)
print()
`;

/** Python with boto3: streams, and reads lines whatever the boundaries of the parts. */
export function renderBoto3(target: CodeTarget): string {
  return `import json

import boto3

${clientOf(target)}
response = runtime.invoke_endpoint_with_response_stream(
${parametersOf(target)}
)
parts = (event["PayloadPart"]["Bytes"] for event in response["Body"])


${READ_LINES}`;
}

/** Python with the SageMaker SDK (version 2): its predictor gives the parts of the stream as they come. */
export function renderSageMakerSdk(target: CodeTarget): string {
  const { endpointName, inferenceComponentName, targetVariant, region, body } = target;
  const predictor = [
    `endpoint_name=${literal(endpointName)}`,
    ...(inferenceComponentName ? [`component_name=${literal(inferenceComponentName)}`] : []),
    "sagemaker_session=session",
    "serializer=JSONSerializer()",
  ];
  const variant = targetVariant ? `, target_variant=${literal(targetVariant)}` : "";
  return `import json

import boto3
from sagemaker import Predictor, Session
from sagemaker.serializers import JSONSerializer

${clientOf(target)}
session = Session(boto3.Session(region_name=${literal(region)}), sagemaker_runtime_client=runtime)
predictor = Predictor(${predictor.join(", ")})
parts = predictor.predict_stream(${literal(body)}${variant})


${READ_LINES}`;
}

function clientOf({ region, endpointUrl }: CodeTarget): string {
  const place = [`"sagemaker-runtime"`, `region_name=${literal(region)}`];
  if (endpointUrl !== null) place.push(`endpoint_url=${literal(endpointUrl)}`);
  return `runtime = boto3.client(${place.join(", ")})`;
}

function parametersOf(target: CodeTarget): string {
  const { endpointName, inferenceComponentName, targetVariant, body } = target;
  return [
    ["EndpointName", literal(endpointName)],
    ...(inferenceComponentName ? [["InferenceComponentName", literal(inferenceComponentName)]] : []),
    ...(targetVariant ? [["TargetVariant", literal(targetVariant)]] : []),
    ["ContentType", '"application/json"'],
    ["Body", `json.dumps(${literal(body, 1)})`],
  ]
    .map(([name, value]) => `    ${name}=${value},`)
    .join("\n");
}

/** A JSON value as Python writes it, nested ones on lines of their own. */
export function literal(value: CodeTarget["body"][string], depth = 0): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  // JSON's escapes are Python's, but for \\/ which JSON.stringify never writes.
  if (typeof value !== "object") return JSON.stringify(value);
  const indent = "    ".repeat(depth + 1);
  const close = "    ".repeat(depth);
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((entry) => `${indent}${literal(entry, depth + 1)},`).join("\n")}\n${close}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  const lines = entries.map(
    ([key, entry]) => `${indent}${JSON.stringify(key)}: ${literal(entry, depth + 1)},`,
  );
  return `{\n${lines.join("\n")}\n${close}}`;
}
