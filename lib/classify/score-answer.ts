import type { Label } from "#lib/classify/label.ts";
import { logDifference, logSumExp } from "#lib/classify/log-sum-exp.ts";
import { type RowScore, totalUp } from "#lib/classify/row-score.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";

/** A way to a label that the tokens so far have begun; `rest` is still to come. */
type OpenWay = { label: number; rest: string };

type Weighed = { text: string; logProb: number; isTaken: boolean };

type Tally = { parts: number[][]; bounds: number[][]; elsewhere: number };

/** A bound that makes up less of a label's probability is not worth a word. */
const WORTH_SAYING = 0.01;

/**
 * Scores every label by what the model weighed where the answer begins.
 *
 * A token that is a variant, or a variant with something that is no letter or digit behind it, counts for its label. One that a
 * variant begins with is followed where the answer took it. Where the answer went another way, what comes next is
 * not known: if only one label begins so, all its probability counts for that label, which makes it an upper bound;
 * if several do, it stays unseen. Where one label begins another (`1`, `10`), the shorter one gets what is left.
 * Variants are merged by log-sum-exp.
 */
export function scoreAnswer(tokens: readonly TokenEvent[], labels: readonly Label[]): RowScore {
  const path = tokens.filter(({ counts, channel }) => counts && channel === undefined);
  const ways = labels.flatMap(({ variants }, label) => variants.map((rest) => ({ label, rest })));
  const tally: Tally = {
    parts: labels.map(() => []),
    bounds: labels.map(() => []),
    elsewhere: 0,
  };
  const first = path[0];
  const text = path.map((token) => (token.special ? "" : token.text)).join("");
  const answered = longestWay(text, ways)?.label ?? null;
  const hasNumber = first !== undefined && first.logProb !== null;
  if (hasNumber) follow(path, 0, 0, ways, tally);
  const others = first === undefined ? [] : weighedAt(first).filter(({ isTaken }) => !isTaken);
  const seen = first === undefined ? [] : weighedAt(first).map(({ logProb }) => Math.exp(logProb));
  return {
    method: !hasNumber ? "text" : others.length > 0 ? "alternatives" : "answer",
    ...totalUp(tally.parts, tally.elsewhere),
    isBound: labels.map((_, label) => isBound(tally.parts[label] ?? [], tally.bounds[label] ?? [])),
    leastSeen: others.length > 0 ? Math.min(...seen) : null,
    answered,
  };
}

/** Shares out the probability (log `base`) of standing at this place of the answer; returns what labels got of it. */
function follow(
  path: readonly TokenEvent[],
  at: number,
  base: number,
  ways: readonly OpenWay[],
  tally: Tally,
): number[] {
  const token = path[at];
  if (token === undefined) return [];
  const goesOn = typeof path[at + 1]?.logProb === "number";
  const given: number[] = [];

  function credit(label: number, mass: number): void {
    if (!Number.isFinite(mass)) return;
    tally.parts[label]?.push(mass);
    given.push(mass);
  }

  for (const { text, logProb, isTaken } of weighedAt(token)) {
    const mass = base + logProb;
    const done = longestWay(text, ways)?.label ?? null;
    const begun = waysBehind(text, ways).filter(({ label }) => label !== done);
    const [one, ...more] = new Set(begun.map(({ label }) => label));
    if (one === undefined || (isTaken && token.special && !goesOn)) {
      if (done === null) tally.elsewhere += Math.exp(mass);
      else credit(done, mass);
    } else if (isTaken && goesOn) {
      const inner = done === null ? tally : { ...tally, elsewhere: 0 };
      const passedOn = follow(path, at + 1, mass, begun, inner);
      given.push(...passedOn);
      // What does not go on to a longer label stays with the shorter one.
      if (done !== null) credit(done, logDifference(mass, logSumExp(passedOn)));
    } else if (done !== null) {
      // Only where the answer ended on the shorter label is it known that it did not go on to the longer one.
      if (isTaken) credit(done, mass);
    } else if (text !== "" && more.length === 0) {
      tally.bounds[one]?.push(mass);
      credit(one, mass);
    }
  }
  return given;
}

function isBound(parts: readonly number[], bounds: readonly number[]): boolean {
  return logSumExp(bounds) > logSumExp(parts) + Math.log(WORTH_SAYING);
}

function waysBehind(text: string, ways: readonly OpenWay[]): OpenWay[] {
  return ways.flatMap(({ label, rest }) =>
    rest.length > text.length && rest.startsWith(text) ? [{ label, rest: rest.slice(text.length) }] : [],
  );
}

/** The way that a text completes: it is that variant, or goes on behind it with what is no letter and no digit. */
function longestWay(text: string, ways: readonly OpenWay[]): OpenWay | null {
  const complete = ways.filter(
    ({ rest }) => text.startsWith(rest) && !/^[\p{L}\p{N}]/u.test(text.slice(rest.length)),
  );
  return complete.toSorted((one, other) => other.rest.length - one.rest.length)[0] ?? null;
}

/** The tokens known at a place, the one that was taken among them. */
function weighedAt(token: TokenEvent): Weighed[] {
  const others = (token.alternatives ?? []).filter((other) =>
    other.id !== null && token.id !== null ? other.id !== token.id : other.text !== token.text,
  );
  const taken = { text: token.special ? "" : token.text, logProb: token.logProb, isTaken: true };
  return [taken, ...others.map(({ text, logProb }) => ({ text, logProb, isTaken: false }))].flatMap((one) =>
    one.logProb === null ? [] : [{ ...one, logProb: Math.min(one.logProb, 0) }],
  );
}
