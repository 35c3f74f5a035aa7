import { type CodeTarget, runtimeUrl, withoutStream } from "./code-target.ts";

/** The AWS CLI, which has no streaming call: the whole answer at once, into a file and onto the screen. */
export function renderAwsCli(target: CodeTarget): string {
  const { endpointName, inferenceComponentName, targetVariant, region, endpointUrl } = target;
  const words = [
    "aws sagemaker-runtime invoke-endpoint",
    `--region ${quote(region)}`,
    ...(endpointUrl === null ? [] : [`--endpoint-url ${quote(runtimeUrl(target))}`]),
    `--endpoint-name ${quote(endpointName)}`,
    ...(inferenceComponentName ? [`--inference-component-name ${quote(inferenceComponentName)}`] : []),
    ...(targetVariant ? [`--target-variant ${quote(targetVariant)}`] : []),
    "--content-type application/json",
    // A file of bytes: versions 1 and 2 of the CLI read --body itself in different ways.
    "--body fileb://request.json",
    // What the CLI itself prints is only where the answer came from.
    "answer.json > /dev/null",
  ];
  return `cat > request.json <<'JSON'
${JSON.stringify(withoutStream(target.body), null, 2)}
JSON

${words.join(" \\\n  ")}
cat answer.json
`;
}

/** curl, which signs the request itself; the whole answer at once, since a stream would come in AWS's frames. */
export function renderCurl(target: CodeTarget): string {
  const { endpointName, inferenceComponentName, targetVariant, region } = target;
  const words = [
    `curl --fail-with-body ${quote(`${runtimeUrl(target)}/endpoints/${endpointName}/invocations`)}`,
    `--aws-sigv4 ${quote(`aws:amz:${region}:sagemaker`)}`,
    `--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"`,
    // Empty without temporary credentials, and curl then leaves the header away.
    `--header "x-amz-security-token: $AWS_SESSION_TOKEN"`,
    `--header 'content-type: application/json'`,
    ...(inferenceComponentName
      ? [`--header ${quote(`x-amzn-sagemaker-inference-component: ${inferenceComponentName}`)}`]
      : []),
    ...(targetVariant ? [`--header ${quote(`x-amzn-sagemaker-target-variant: ${targetVariant}`)}`] : []),
    `--data-binary ${quote(JSON.stringify(withoutStream(target.body)))}`,
  ];
  return `${words.join(" \\\n  ")}\n`;
}

/** A word that the shell takes as it stands. */
function quote(word: string): string {
  return /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
