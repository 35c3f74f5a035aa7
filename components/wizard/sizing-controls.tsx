import { Definition } from "#components/ui/definition.tsx";
import { Field, Select } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import {
  dividingDegrees,
  scaledContext,
  WEIGHT_FORMATS,
  type WeightFormat,
} from "#lib/fit/measure-memory.ts";
import type { ModelFigures } from "#lib/fit/model-figures.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { RangeField } from "./range-field.tsx";

const FORMAT_LABELS: Record<WeightFormat, string> = {
  fp32: "32 bits",
  none: "16 bits (fp16, bf16)",
  int8: "8-bit integers",
  smoothquant: "8 bits, SmoothQuant",
  fp8: "8-bit floats (fp8)",
  awq: "4 bits, AWQ",
  gptq: "4 bits, GPTQ",
};

/** What is wished for: how long, how many at once, over how many devices, in how many bits. */
export function SizingControls({
  model,
  sizing,
  devices,
  onChange,
}: {
  model: ModelFigures;
  sizing: Plan["sizing"];
  devices: number | null;
  onChange: (patch: Partial<Plan["sizing"]>) => void;
}) {
  const trained = model.maxContext;
  const factor = trained === null ? null : sizing.context / trained;
  const degrees = [
    ...new Set([...dividingDegrees(model, devices ?? 8), ...[sizing.degree].filter(isNumber)]),
  ];
  return (
    <Panel title="What it has to hold" bodyClassName="space-y-5 p-4">
      <RangeField
        label="Context of a request"
        hint={
          trained === null
            ? "The trained context is not known."
            : factor !== null && factor > 1
              ? `Beyond the ${trained.toLocaleString("en")} tokens it was trained on: RoPE scaling by ${Math.ceil(factor)} reaches ${(scaledContext(model, Math.ceil(factor)) ?? 0).toLocaleString("en")}.`
              : `Tokens of prompt and answer; it was trained on ${trained.toLocaleString("en")}.`
        }
        value={sizing.context}
        least={256}
        most={Math.max(trained ?? 8_192, 8_192) * 2}
        onChange={(context) => onChange({ context })}
      />
      <RangeField
        label="Requests at once"
        value={sizing.concurrency}
        least={1}
        most={256}
        mostTyped={100_000}
        onChange={(concurrency) => onChange({ concurrency })}
      />
      <Field
        label="Tensor-parallel degree"
        help={
          <Definition term="the degree">
            <p>
              Over how many devices each layer is split. Every device must get whole attention heads, so the
              degree divides {model.attentionHeads ?? "the number of"} heads.
            </p>
          </Definition>
        }
      >
        {(ids) => (
          <Select
            {...ids}
            value={String(sizing.degree)}
            onChange={(event) =>
              onChange({ degree: event.target.value === "max" ? "max" : Number(event.target.value) })
            }
          >
            <option value="max">max (all devices that divide the heads)</option>
            {degrees
              .toSorted((left, right) => left - right)
              .map((degree) => (
                <option key={degree} value={degree}>
                  {degree}
                </option>
              ))}
          </Select>
        )}
      </Field>
      <Field label="Weights in">
        {(ids) => (
          <Select
            {...ids}
            value={sizing.format}
            onChange={(event) => {
              const format = WEIGHT_FORMATS.find((each) => each === event.target.value);
              if (format) onChange({ format });
            }}
          >
            {WEIGHT_FORMATS.map((format) => (
              <option key={format} value={format}>
                {FORMAT_LABELS[format]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </Panel>
  );
}

function isNumber(degree: number | "max"): degree is number {
  return degree !== "max";
}
