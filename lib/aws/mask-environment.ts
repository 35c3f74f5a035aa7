import "server-only";

/** Names whose values are credentials in practice: HF_TOKEN, AWS_SECRET_ACCESS_KEY, OPENAI_API_KEY, … */
const SECRET_NAME =
  /TOKEN(?!S|IZ)|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|PRIVATE|(^|_)AUTH(_|$)|API_?KEY|ACCESS_?KEY|(^|[_.])KEY$/i;

export const MASK = "••••••••";

/**
 * The container's environment with every value masked whose name looks secret. Names of options that merely
 * speak about tokens (`OPTION_MAX_TOKENS`, `TOKENIZER`) stay readable.
 */
export function maskEnvironment(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, SECRET_NAME.test(name) ? MASK : value]),
  );
}
