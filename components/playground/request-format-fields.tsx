"use client";

import { useState } from "react";
import { Definition } from "#components/ui/definition.tsx";
import { Field, Select, TextArea } from "#components/ui/field.tsx";
import type { Result } from "#lib/failure.ts";
import type { RequestFormat } from "#lib/run/build-request.ts";
import type { DialectChoice } from "#lib/wire/choose-dialect.ts";
import { REQUEST_DIALECTS, type RequestDialect } from "#lib/wire/dialects.ts";
import { REQUEST_FORMAT_NAMES } from "./request-format-names.ts";

function nameOf(wanted: RequestDialect): string {
  return REQUEST_FORMAT_NAMES.find(([dialect]) => dialect === wanted)?.[1] ?? wanted;
}

/** How the request is written and its answer read: by the endpoint's image and environment, or as a person says. */
export function RequestFormatFields({
  format,
  onChange,
  choice,
  problem,
}: {
  format: RequestFormat;
  onChange: (format: RequestFormat) => void;
  choice: Result<DialectChoice>;
  problem: string | undefined;
}) {
  // What was chosen stays in sight, and does not fold away while it is being taken back.
  const [open, setOpen] = useState(
    format.dialect !== "auto" || format.reading !== "auto" || !format.stream || format.extra !== "",
  );
  return (
    <details
      className="rounded-lg border border-line p-3"
      open={open || problem !== undefined}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="text-sm font-medium hover:text-ink">
        Request format: {choice.ok ? nameOf(choice.value.dialect) : "not possible"}
        {format.stream ? "" : ", whole"}
        {format.reading === "auto" ? "" : ", read as plain text"}
      </summary>
      <div className="mt-3 space-y-4">
        <Field
          label="Format"
          problem={choice.ok ? undefined : choice.failure.message}
          hint={choice.ok ? explanationOf(format, choice.value) : undefined}
          help={
            <Definition term="the request format">
              <p>
                Containers read different shapes of request. Automatic takes the one that image and
                environment of the endpoint suggest; a serving.properties inside the model can make it another
                one.
              </p>
            </Definition>
          }
        >
          {(ids) => (
            <Select
              {...ids}
              value={format.dialect}
              onChange={(event) => onChange({ ...format, dialect: dialectOf(event.target.value) })}
            >
              <option value="auto">Automatic</option>
              {REQUEST_FORMAT_NAMES.map(([dialect, name]) => (
                <option key={dialect} value={dialect}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className="flex items-center gap-2">
          <label className="inline-flex items-center gap-2 text-sm font-medium">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={format.stream}
              onChange={(event) => onChange({ ...format, stream: event.target.checked })}
            />
            Stream the answer
          </label>
          <Definition term="streaming">
            <p>
              Off sends InvokeEndpoint and shows the answer when all of it is there: for endpoints that cannot
              stream. SageMaker then allows the container 60 seconds.
            </p>
          </Definition>
        </div>
        <Field
          label="Read the answer"
          hint={
            format.reading === "auto"
              ? "Each line for what it is."
              : "All that comes is the answer: without numbers, counts or a reason for its end."
          }
          help={
            <Definition term="reading the answer">
              <p>
                What a container answers is told by its content, line by line, whatever its header says. Plain
                text is for a handler of your own that answers in no shape of LMI, or with JSON that is the
                answer itself.
              </p>
            </Definition>
          }
        >
          {(ids) => (
            <Select
              {...ids}
              value={format.reading}
              onChange={({ target }) =>
                onChange({ ...format, reading: target.value === "text" ? "text" : "auto" })
              }
            >
              <option value="auto">Automatic</option>
              <option value="text">Plain text</option>
            </Select>
          )}
        </Field>
        <Field
          label="Extra parameters"
          problem={problem}
          help={
            <Definition term="extra parameters">
              <p>
                A JSON object, sent as it is beside the parameters above: for what a container knows and this
                form does not.
              </p>
            </Definition>
          }
        >
          {(ids) => (
            <TextArea
              {...ids}
              className="h-16 min-h-16 resize-y font-mono text-xs"
              spellCheck={false}
              placeholder='{"logit_bias": {"128001": -100}}'
              value={format.extra}
              onChange={(event) => onChange({ ...format, extra: event.target.value })}
            />
          )}
        </Field>
      </div>
    </details>
  );
}

function explanationOf(
  { dialect }: RequestFormat,
  { reason, caution, dialect: taken }: DialectChoice,
): string {
  if (dialect === "auto") return `${nameOf(taken)}. ${reason}`;
  return caution ?? reason;
}

function dialectOf(value: string): RequestFormat["dialect"] {
  return REQUEST_DIALECTS.find((dialect) => dialect === value) ?? "auto";
}
