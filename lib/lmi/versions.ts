/** Orders versions of DJL Serving such as "0.26.0": negative where `left` is the older one. */
export function compareVersions(left: string, right: string): number {
  const [from, to] = [left.split(".").map(Number), right.split(".").map(Number)];
  for (const position of [0, 1, 2]) {
    const difference = (from[position] ?? 0) - (to[position] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Back ends by the words that the catalogues' notes use for them. */
const BACKEND_WORDS: Readonly<Record<string, string>> = {
  "lmi-dist": "lmi-dist",
  vllm: "vllm",
  "tensorrt-llm": "tensorrt-llm",
  deepspeed: "deepspeed",
  neuronx: "transformers-neuronx",
  "transformers-neuronx": "transformers-neuronx",
  "hf-accelerate": "hf-accelerate",
};

const SPAN =
  /^(?<open>-)?(?<first>\d+\.\d+\.\d+)?(?:\/\d+\.\d+\.\d+)?(?<dash>-|\+)?(?<last>\d+\.\d+\.\d+)?(?:\s|$)/;

/**
 * Whether a version lies in ranges as the catalogues write them: "0.25.0-0.32.0", "0.33.0-", "-0.26.0",
 * "0.27.0, 0.30.0-0.34.0", "all", each with a remark in brackets that may name the back end it is for
 * ("0.26.0- (vllm), 0.27.0- (lmi-dist)"). Ends are included. Words that are no range are passed over.
 */
export function isVersionIn(version: string, ranges: string, backend?: string): boolean {
  const question = `${version}|${backend ?? ""}|${ranges}`;
  const known = ANSWERS.get(question);
  if (known !== undefined) return known;
  const answer = ranges.split(/,\s*(?![^(]*\))/).some((segment) => isInSegment(version, segment, backend));
  // Catalogues ask the same few hundred questions at every keystroke; only versions typed by hand are more.
  if (ANSWERS.size > 5_000) ANSWERS.clear();
  ANSWERS.set(question, answer);
  return answer;
}

const ANSWERS = new Map<string, boolean>();

function isInSegment(version: string, written: string, backend: string | undefined): boolean {
  const segment = written.replace(/\s*\(v\d+\)/, "").trim();
  if (/^all\b/.test(segment)) return true;
  const groups = segment.match(SPAN)?.groups;
  if (!groups || (!groups.first && !groups.last)) return false;
  const remark = segment.match(/\(([^)]*)\)/)?.[1] ?? "";
  const { only, until } = readRemark(remark);
  if (only && backend && only !== backend) return false;
  if (until && until.backend === backend && compareVersions(version, until.version) > 0) return false;
  const { first, last, open, dash } = groups;
  // "-0.26.0" has the open end first and the version second.
  if (open) return compareVersions(version, first ?? last ?? version) <= 0;
  if (first && compareVersions(version, first) < 0) return false;
  if (last) return compareVersions(version, last) <= 0;
  return dash ? true : version === first;
}

function readRemark(remark: string): {
  only: string | null;
  until: { backend: string; version: string } | null;
} {
  const ends = remark.match(/^(\S+) to (\d+\.\d+\.\d+)/);
  const ending = ends?.[1] && BACKEND_WORDS[ends[1]];
  if (ending && ends?.[2]) return { only: null, until: { backend: ending, version: ends[2] } };
  return { only: BACKEND_WORDS[remark.split(/[\s,]/)[0] ?? ""] ?? null, until: null };
}
