"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { Definition } from "#components/ui/definition.tsx";
import type { Failure } from "#lib/failure.ts";
import { rolesQuery } from "./queries.ts";
import type { StepProps } from "./steps.ts";
import { TextField } from "./text-field.tsx";

/** The role the container acts as: one of the account's that SageMaker may assume, or any other by its ARN. */
export function RoleField({ plan, change }: Omit<StepProps, "place">) {
  const list = useId();
  const { data, isError, isFetching, refetch } = useQuery(rolesQuery);
  const roles = data?.ok ? data.value : [];
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
          isError || data?.ok === false ? (
            <>
              {data?.ok === false ? wordsOf(data.failure) : "The Sagescope server does not answer."}{" "}
              <Button size="small" disabled={isFetching} onClick={() => refetch()}>
                {isFetching ? "Asking…" : "Ask again"}
              </Button>
            </>
          ) : data ? (
            countWords(roles.length)
          ) : (
            "Asking the account for its roles…"
          )
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
        {roles.map((role) => (
          <option key={role} value={role} />
        ))}
      </datalist>
    </>
  );
}

function countWords(count: number): string {
  if (count === 0) return "No role of the account lets SageMaker assume it.";
  return count === 1
    ? "The account's one role that SageMaker may assume is suggested."
    : `${count} roles of the account let SageMaker assume them; the field suggests them.`;
}

/** The field takes an ARN all the same: listing is a convenience. */
function wordsOf({ message }: Failure): string {
  return `The account's roles could not be listed: ${message} Write the ARN, or`;
}
