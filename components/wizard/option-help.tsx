import type { BackendId } from "#lib/lmi/backend-id.ts";
import { describeOption } from "#lib/options/describe-option.ts";

/** What the catalogue says of an option in this version; nothing is filled in where it does not say. */
export function OptionHelp({
  optionKey,
  place,
}: {
  optionKey: string;
  place: { version: string; backend: BackendId };
}) {
  const help = describeOption(optionKey, place);
  if (!help)
    return (
      <p>
        The catalogue does not have <code className="font-mono">{optionKey}</code>.
      </p>
    );
  return (
    <div className="space-y-1 text-ink [overflow-wrap:anywhere]">
      <p>
        <code className="font-mono font-semibold">{help.key}</code>{" "}
        <span className="text-muted">
          {help.type}
          {help.isKnownHere ? "" : `, not read by ${place.version} with this back end (${help.versions})`}
        </span>
      </p>
      <p>{help.description}</p>
      {help.choices.length > 0 ? <p className="text-muted">One of {help.choices.join(", ")}.</p> : null}
      <p className="text-muted">
        {help.defaults.length === 0
          ? "Nobody says what it is when it is left out."
          : `Left out: ${help.defaults.map(({ when, value }) => (when ? `${value} (${when})` : value)).join("; ")}.`}
        {help.environmentName
          ? ` As a variable: ${help.environmentName}.`
          : " No variable of this version can say it."}
      </p>
      {help.remarks.slice(0, 2).map((remark) => (
        <p key={remark} className="text-muted">
          {remark}
        </p>
      ))}
    </div>
  );
}
