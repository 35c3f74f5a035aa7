import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  paginateListRoles,
  paginateSimulatePrincipalPolicy,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateEndpointCommand, CreateModelCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";

const GOOD = "arn:aws:iam::000000000000:role/sandbox-execution-role";
const CALLER = "arn:aws:iam::000000000000:user/sandbox";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let account: ConstructorParameters<typeof IAMClient>[0];
let iam: IAMClient;

beforeEach(async () => {
  sandbox = await startTestSandbox();
  account = {
    region: "us-east-1",
    endpoint: sandbox.url,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  };
  iam = new IAMClient(account);
});
afterEach(() => sandbox.close());

const policyOf = (text: string | undefined) => JSON.parse(decodeURIComponent(text ?? "")) as unknown;

async function decide(actions: string[]): Promise<(string | undefined)[]> {
  const input = { PolicySourceArn: CALLER, ActionNames: actions, MaxItems: 1 };
  const found = [];
  for await (const page of paginateSimulatePrincipalPolicy({ client: iam }, input)) {
    found.push(...(page.EvaluationResults ?? []).map((result) => result.EvalDecision));
  }
  return found;
}

test("lists a role to run under and one that SageMaker may not assume, a page at a time", async () => {
  const roles = [];
  for await (const page of paginateListRoles({ client: iam }, { MaxItems: 1 })) {
    expect(page.Roles).toHaveLength(1);
    roles.push(...(page.Roles ?? []));
  }
  const trusted = roles.map((role) => policyOf(role.AssumeRolePolicyDocument));
  expect(trusted).toMatchObject([
    { Statement: [{ Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" }] },
    { Statement: [{ Principal: { Service: "ec2.amazonaws.com" } }] },
  ]);
  expect(roles[0]?.Arn).toBe(GOOD);
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: "sandbox-execution-role" }));
  expect(Role).toMatchObject({ Arn: GOOD, Path: "/", MaxSessionDuration: 3600 });
  expect(Role?.CreateDate).toBeInstanceOf(Date);
});

test("SageMaker refuses the role that does not trust it, and says what to look at", async () => {
  const roles = [];
  for await (const page of paginateListRoles({ client: iam }, {})) roles.push(...(page.Roles ?? []));
  const sagemaker = new SageMakerClient(account ?? {});
  const create = (ExecutionRoleArn: string | undefined, ModelName: string) =>
    sagemaker.send(
      new CreateModelCommand({ ModelName, ExecutionRoleArn, PrimaryContainer: { Image: "image" } }),
    );
  await create(roles[0]?.Arn, "good");
  await expect(create(roles[1]?.Arn, "bad")).rejects.toMatchObject({
    name: "ValidationException",
    message: `Could not assume role ${roles[1]?.Arn}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
  });
});

test("shows the policies of a role", async () => {
  const RoleName = "sandbox-execution-role";
  const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const [PolicyName] = PolicyNames ?? [];
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  expect(JSON.stringify(policyOf(PolicyDocument))).toContain("ecr:BatchGetImage");
  const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  expect(attached.AttachedPolicies).toEqual([]);
});

test("a simulation allows what the control path does not deny", async () => {
  const asked = ["sagemaker:CreateEndpoint", "sagemaker:DeleteEndpoint", "logs:FilterLogEvents"];
  expect(await decide(asked)).toEqual(["allowed", "allowed", "allowed"]);
  await sandbox.control("switches", { denied: ["sagemaker:createendpoint", "logs:*"] });
  expect(await decide(asked)).toEqual(["implicitDeny", "allowed", "implicitDeny"]);
  const { EvaluationResults } = await iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: GOOD,
      ActionNames: ["sagemaker:CreateModel"],
      ResourceArns: ["arn:a", "arn:b"],
    }),
  );
  expect(EvaluationResults?.map((result) => result.EvalResourceName)).toEqual(["arn:a", "arn:b"]);
  // What is denied is denied, and not only said to be.
  const sagemaker = new SageMakerClient(account ?? {});
  const create = { EndpointName: "e", EndpointConfigName: "c" };
  await expect(sagemaker.send(new CreateEndpointCommand(create))).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: `User: ${CALLER} is not authorized to perform: sagemaker:CreateEndpoint on resource: arn:aws:sagemaker:us-east-1:000000000000:endpoint/e because no identity-based policy allows the sagemaker:CreateEndpoint action`,
  });
  await sandbox.control("switches", { denied: [] });
  expect(await decide(asked)).toEqual(["allowed", "allowed", "allowed"]);
  const wrong = await sandbox.control("switches", { denied: ["CreateEndpoint"] });
  expect(wrong.status).toBe(400);
});

test("refuses in XML, by the names that clients of the Query protocol know", async () => {
  await expect(iam.send(new GetRoleCommand({ RoleName: "nobody" }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
    message: "The role with name nobody cannot be found.",
    $metadata: { httpStatusCode: 404 },
  });
  const RoleName = "sandbox-execution-role";
  const missing = iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "none" }));
  await expect(missing).rejects.toMatchObject({ name: "NoSuchEntityException" });
  const simulate = (PolicySourceArn: string) =>
    iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ["s3:GetObject"] }));
  await expect(simulate("arn:aws:sts::000000000000:assumed-role/a/b")).rejects.toMatchObject({
    name: "InvalidInputException",
  });
  await expect(simulate("arn:aws:iam::000000000000:role/nobody")).rejects.toMatchObject({
    name: "NoSuchEntityException",
  });
  await expect(iam.send(new GetRoleCommand({ RoleName: "a b" }))).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringContaining("1 validation error detected: Value 'a b' at 'roleName' failed"),
  });
});
