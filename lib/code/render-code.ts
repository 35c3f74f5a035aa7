import type { CodeTarget } from "./code-target.ts";
import { renderJavaScript } from "./javascript.ts";
import { renderBoto3, renderSageMakerSdk } from "./python.ts";
import { renderAwsCli, renderCurl } from "./shell.ts";

/** The programs that a request can be handed over as, in the order they are offered. */
export const CODE_KINDS = [
  { kind: "boto3", label: "boto3", language: "python" },
  { kind: "sagemaker", label: "SageMaker SDK", language: "python" },
  { kind: "javascript", label: "JavaScript", language: "javascript" },
  { kind: "aws-cli", label: "AWS CLI", language: "shell" },
  { kind: "curl", label: "curl", language: "shell" },
] as const;

export type CodeKind = (typeof CODE_KINDS)[number]["kind"];

/** A whole program that asks the same and prints the answer. It holds no credential. */
export function renderCode(kind: CodeKind, target: CodeTarget): string {
  switch (kind) {
    case "boto3":
      return renderBoto3(target);
    case "sagemaker":
      return renderSageMakerSdk(target);
    case "javascript":
      return renderJavaScript(target);
    case "aws-cli":
      return renderAwsCli(target);
    case "curl":
      return renderCurl(target);
  }
}
