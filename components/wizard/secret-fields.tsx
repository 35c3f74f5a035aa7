"use client";

import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { withoutSecrets } from "#lib/plan/plan.ts";
import type { StepProps } from "./steps.ts";

/** Values that stay with the person: in this tab alone, in no address, no export and no archive. */
export function SecretFields({ plan, change }: Pick<StepProps, "plan" | "change">) {
  const names = [...new Set(["HF_TOKEN", ...withoutSecrets(plan).left])];
  function set(name: string, value: string) {
    const { [name]: _old, ...others } = plan.environment;
    change({ environment: value === "" ? others : { ...others, [name]: value } });
  }
  return (
    <Panel title="Secrets" bodyClassName="space-y-3 p-4">
      {names.map((name) => (
        <Field
          key={name}
          label={name}
          hint={name === "HF_TOKEN" ? "Only for models whose licence has to be accepted." : undefined}
        >
          {(ids) => (
            <div className="flex gap-2">
              <Input
                {...ids}
                type="password"
                autoComplete="off"
                spellCheck={false}
                className="font-mono text-xs"
                value={plan.environment[name] ?? ""}
                onChange={(event) => set(name, event.target.value)}
              />
              {plan.environment[name] ? (
                <Button aria-label={`Remove ${name}`} onClick={() => set(name, "")}>
                  Remove
                </Button>
              ) : null}
            </div>
          )}
        </Field>
      ))}
      <p className="text-xs text-muted">
        Kept in this tab until it is closed, and sent once, when you deploy. In no address and no export.
      </p>
    </Panel>
  );
}
