import type { TokenEvent } from "./open-generation.ts";
import { dumpPython, fields, float, type Written } from "./python-json.ts";

/** A token as a rolling-batch formatter gets it. */
export type RollingToken = {
  readonly id: number;
  readonly text: string;
  readonly logProb: number | null;
  readonly special: boolean;
};

/** LMI 0.26 leaves every falsy field out: id 0, empty text, a log prob of exactly zero (lmi-wire 4.1). */
export function tokenFields026(token: RollingToken): Written {
  return fields({
    id: token.id === 0 ? undefined : token.id,
    text: token.text === "" ? undefined : token.text,
    log_prob: token.logProb === null || token.logProb === 0 ? undefined : float(token.logProb),
    special_token: token.special ? true : undefined,
  });
}

/** A line of the jsonlines formatter. */
export function jsonLine(entries: Record<string, Written | undefined>): string {
  return `${dumpPython(fields(entries))}\n`;
}

/** The engine's reason in LMI's rolling-batch words; only lmi-dist 0.26 tells a stop string from the end token. */
export function rollingFinish(event: TokenEvent, tellsStops: boolean): string {
  switch (event.finish?.reason) {
    case "length":
      return "length";
    case "stop":
      return tellsStops ? "stop_sequence" : "eos_token";
    default:
      return "eos_token";
  }
}
