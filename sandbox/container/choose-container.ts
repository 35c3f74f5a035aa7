/** The container behaviour that an image and its environment select. */
export type Container =
  | { family: "rolling-026"; backend: "vllm" | "lmi-dist"; formatter: "json" | "jsonlines"; buffer: number }
  | { family: "rolling"; minor: number; formatter: "json" | "jsonlines" | undefined }
  | { family: "async"; lmi: number }
  /** An LMI container that exists and is not imitated here. */
  | { family: "unknown-lmi"; reason: string }
  | { family: "not-lmi" };

const IMAGE = /(?:^|\/)djl-inference:0\.(\d+)\.\d+-([a-z]+)(\d+)?/;

/** Reads image and environment as LMI does; environment names are those of the container (`OPTION_…`). */
export function chooseContainer(image: string, environment: Readonly<Record<string, string>>): Container {
  const match = IMAGE.exec(image);
  if (match === null) {
    return { family: "not-lmi" };
  }
  const minor = Number(match[1]);
  const kind = match[2] ?? "";
  const rolling = environment.OPTION_ROLLING_BATCH;
  // The tag names the flavour: up to 0.27 the general one was called deepspeed.
  if (kind !== "lmi" && kind !== "deepspeed") {
    return unknown(`the ${kind} flavour of LMI 0.${minor}`);
  }
  if (isTrue(environment.OPTION_TGI_COMPAT)) {
    return unknown("OPTION_TGI_COMPAT");
  }
  if (kind === "deepspeed" && minor === 26) {
    return chooseRolling026(rolling, environment);
  }
  const asked = environment.OPTION_ASYNC_MODE?.toLowerCase();
  // Opt-in at first, the default from v17 on, where naming a rolling batch leads back.
  const asynchronous =
    minor >= 35 ? asked !== "false" && (rolling === undefined || rolling === "disable") : asked === "true";
  if (asynchronous && minor >= 33) {
    return { family: "async", lmi: lmiRelease(minor, match[3]) };
  }
  if (minor >= 28 && minor <= 36) {
    return chooseRolling(minor, rolling, environment);
  }
  return unknown(`LMI 0.${minor}${rolling === undefined ? "" : ` with OPTION_ROLLING_BATCH=${rolling}`}`);
}

function chooseRolling026(
  rolling: string | undefined,
  environment: Readonly<Record<string, string>>,
): Container {
  const backend = rolling === undefined || rolling === "auto" ? "lmi-dist" : rolling;
  const formatter = environment.OPTION_OUTPUT_FORMATTER ?? "json";
  if (backend !== "vllm" && backend !== "lmi-dist") {
    return unknown(`LMI 0.26 with OPTION_ROLLING_BATCH=${backend}`);
  }
  if (formatter !== "json" && formatter !== "jsonlines") {
    return unknown(`LMI 0.26 with OPTION_OUTPUT_FORMATTER=${formatter}`);
  }
  const buffer = Number(environment.SERVING_ROLLING_BATCH_BUFFER ?? 4);
  return { family: "rolling-026", backend, formatter, buffer: buffer >= 1 ? Math.floor(buffer) : 4 };
}

function chooseRolling(
  minor: number,
  rolling: string | undefined,
  environment: Readonly<Record<string, string>>,
): Container {
  const formatter = environment.OPTION_OUTPUT_FORMATTER;
  if (rolling !== undefined && !["auto", "vllm", "lmi-dist"].includes(rolling)) {
    return unknown(`LMI 0.${minor} with OPTION_ROLLING_BATCH=${rolling}`);
  }
  if (formatter !== undefined && formatter !== "json" && formatter !== "jsonlines") {
    return unknown(`LMI 0.${minor} with OPTION_OUTPUT_FORMATTER=${formatter}`);
  }
  return { family: "rolling", minor, formatter };
}

function lmiRelease(minor: number, fromTag: string | undefined): number {
  // 0.33 is v15; from 0.36 on the version no longer says it, only the tag does.
  return fromTag === undefined ? minor - 18 : Number(fromTag);
}

function unknown(reason: string): Container {
  return { family: "unknown-lmi", reason };
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}
