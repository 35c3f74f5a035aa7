/** The only credentials whose secret the sandbox knows; requests under other keys are taken on trust. */
const OWN_ACCESS_KEY = "sandbox";
const OWN_SECRET = "sandbox";

/** The secret of an access key; undefined where the sandbox cannot check a signature. */
export function secretOf(accessKey: string): string | undefined {
  return accessKey === OWN_ACCESS_KEY ? OWN_SECRET : undefined;
}
