import * as z from "zod/mini";

/** EndpointName, EndpointConfigName and VariantName of the SageMaker API: at most 63 characters. */
const NAME_LENGTH = 63;

/** AWS's own pattern: `[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}`. */
const PATTERN = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/;

/** The sentence for the first of AWS's rules that the name breaks, or null where it breaks none. */
export function nameProblem(name: string): string | null {
  if (name === "") return "Give the endpoint a name.";
  if (name.length > NAME_LENGTH)
    return `A name has at most ${NAME_LENGTH} characters; this one has ${name.length}.`;
  const strange = [...name].find((character) => !/[a-zA-Z0-9-]/.test(character));
  if (strange === " ") return "A name has no spaces: use hyphens instead.";
  if (strange) return `A name has only letters, digits and hyphens; "${strange}" is not allowed.`;
  if (name.startsWith("-")) return "A name begins with a letter or a digit, not with a hyphen.";
  if (name.endsWith("-")) return "A name ends with a letter or a digit, not with a hyphen.";
  return PATTERN.test(name) ? null : "A name has only letters, digits and single hyphens between them.";
}

/** A SageMaker endpoint name; each broken rule is a sentence of its own. */
export const endpointNameSchema = z.string({ error: "Give the endpoint a name." }).check((context) => {
  const problem = nameProblem(context.value);
  if (problem) context.issues.push({ code: "custom", message: problem, input: context.value });
});

/**
 * A name for something that belongs to an endpoint: the endpoint's name and a mark, within AWS's length.
 * The mark is a digest of what is made, so the same wish gives the same name and another wish another one:
 * configurations are immutable, and silently reusing an old one of the same name runs the old instance type
 * (aws/sagemaker-python-sdk#987).
 */
export function derivedName(endpointName: string, mark: string): string {
  return `${endpointName.slice(0, NAME_LENGTH - mark.length - 1)}-${mark}`;
}
