import { Button } from "#components/ui/button.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Field, TextArea } from "#components/ui/field.tsx";
import { parseLabels, type VariantRule } from "#lib/classify/label.ts";

/** The labels and the ways in which an answer may write them. */
export function LabelFields({
  text,
  onText,
  rule,
  onRule,
  found,
  problem,
}: {
  text: string;
  onText: (text: string) => void;
  rule: VariantRule;
  onRule: (change: Partial<VariantRule>) => void;
  /** Names that stand in the table's column. */
  found: readonly string[];
  problem: string | undefined;
}) {
  const labels = parseLabels(text, rule);
  const first = labels.ok ? labels.value[0] : undefined;
  const offer = found.length >= 2 && found.length <= 20 && found.join("\n") !== text.trim();
  return (
    <>
      <Field
        label="Labels"
        help={
          <Definition term="labels and their variants">
            <p>
              One label a line. Further ways to write it stand behind an equals sign, with bars between them:{" "}
              <code>positive = good | great</code>.
            </p>
            <p>
              A model does not write a label in one way alone. All variants of a label count for it: their
              probabilities are added (log-sum-exp of their log probabilities).
            </p>
          </Definition>
        }
        problem={problem}
      >
        {(ids) => (
          <TextArea
            {...ids}
            className="h-24 min-h-20 resize-y"
            placeholder={"positive\nnegative"}
            value={text}
            onChange={({ target }) => onText(target.value)}
          />
        )}
      </Field>
      {offer ? (
        <Button size="small" onClick={() => onText(found.join("\n"))}>
          Take the {found.length} labels of the table
        </Button>
      ) : null}
      <fieldset className="space-y-1 text-sm">
        <legend className="sr-only">Variants of each label</legend>
        <Choice checked={rule.anyCase} onChange={(anyCase) => onRule({ anyCase })}>
          Also in lower case, capitalised and in upper case
        </Choice>
        <Choice checked={rule.anyLead} onChange={(anyLead) => onRule({ anyLead })}>
          Also without a space in front, and on a new line
        </Choice>
      </fieldset>
      {first === undefined ? null : (
        <p className="text-xs text-muted [overflow-wrap:anywhere]">
          {first.variants.length} {first.variants.length === 1 ? "way" : "ways"} to write “{first.name}”:{" "}
          {first.variants.map((variant) => variant.replace("\n", "↵").replace(" ", "·")).join("  ")}
        </p>
      )}
    </>
  );
}

function Choice({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: string;
}) {
  return (
    <label className="flex cursor-pointer items-start gap-2">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="mt-1 accent-(--accent)"
      />
      {children}
    </label>
  );
}
