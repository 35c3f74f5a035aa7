/** Names whose values are credentials in practice: HF_TOKEN, AWS_SECRET_ACCESS_KEY, OPENAI_API_KEY, … */
const SECRET_NAME =
  /TOKEN(?!S|IZ)|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|PRIVATE|(^|_)AUTH(_|$)|API_?KEY|ACCESS_?KEY|(^|[_.])KEY$/i;

/**
 * Whether a variable's value must stay with the person: the one rule for what is masked, kept out of addresses and
 * left out of exports. Options that merely speak about tokens (`OPTION_MAX_TOKENS`, `TOKENIZER`) are no secrets.
 */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}
