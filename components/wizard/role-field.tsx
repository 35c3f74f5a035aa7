"use client";

import { useId } from "react";
import { Definition } from "#components/ui/definition.tsx";
import type { StepProps } from "./steps.ts";
import { TextField } from "./text-field.tsx";

/** The role the container acts as: one of the account's that SageMaker may assume, or any other by its ARN. */
export function RoleField({ plan, change, place }: StepProps) {
  const list = useId();
  const arn = plan.executionRoleArn;
  return (
    <>
      <TextField
        label="Execution role ARN"
        isCode
        list={list}
        placeholder="arn:aws:iam::…:role/…"
        problem={
          arn === "" || /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(arn)
            ? null
            : "A role's ARN is arn:aws:iam::<account>:role/<name>."
        }
        hint={
          place.rolesProblem ??
          (place.roles.length === 0
            ? "No role of the account lets SageMaker assume it."
            : place.roles.length === 1
              ? "The account's one role that SageMaker may assume is suggested."
              : `${place.roles.length} roles of the account let SageMaker assume them; the field suggests them.`)
        }
        help={
          <Definition term="the execution role">
            <p>
              The IAM role the container acts as: it must trust sagemaker.amazonaws.com, may read the model
              from S3 and the image from ECR, and may write logs.
            </p>
          </Definition>
        }
        value={arn}
        onChange={(executionRoleArn) => change({ executionRoleArn: executionRoleArn.trim() })}
      />
      <datalist id={list}>
        {place.roles.map((role) => (
          <option key={role} value={role} />
        ))}
      </datalist>
    </>
  );
}
