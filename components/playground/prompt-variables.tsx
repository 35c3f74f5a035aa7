import { Field, Input } from "#components/ui/field.tsx";
import { variablesIn } from "#lib/run/prompt-template.ts";

/** A field for each variable of the prompt; none where the prompt has none. */
export function PromptVariables({
  prompt,
  values,
  onChange,
  problem,
}: {
  prompt: string;
  values: Readonly<Record<string, string>>;
  onChange: (values: Record<string, string>) => void;
  /** Why the prompt cannot be sent as it is filled. */
  problem: string | undefined;
}) {
  const names = variablesIn(prompt);
  if (names.length === 0) return null;
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="sr-only">Variables of the prompt</legend>
      {names.map((name) => (
        <Field key={name} label={name} problem={values[name] ? undefined : problem}>
          {(ids) => (
            <Input
              {...ids}
              value={values[name] ?? ""}
              onChange={(event) => onChange({ ...values, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </fieldset>
  );
}
