import { fields, float, type Written } from "../python-json.ts";
import type { RollingToken } from "../rolling-bytes.ts";
import { FAKE_ERROR_TOKEN } from "./steps.ts";

/** How a release names a token's fields: 0.27 with id lists, 0.28 on, and `tgi_compat` of 0.28 on. */
export type TokenNames = "lists" | "plain" | "tgi";

/** A token object (lmi-wire 4.1). */
export function tokenFields(names: TokenNames, token: RollingToken): Written {
  // 0.28's fake error token has the whole number -1 as its log prob.
  const logProb = token === FAKE_ERROR_TOKEN ? -1 : token.logProb === null ? null : float(token.logProb);
  const special = token.special ? true : undefined;
  switch (names) {
    case "lists":
      // 0.27 leaves out what is falsy; a list never is.
      return fields({
        id: [token.id],
        text: token.text === "" ? undefined : token.text,
        log_prob: token.logProb === null || token.logProb === 0 ? undefined : logProb,
        special_token: special,
      });
    case "plain":
      return fields({ id: token.id, text: token.text, log_prob: logProb, special_token: special });
    case "tgi":
      return fields({ id: token.id, text: token.text, logprob: logProb, special });
  }
}
