import { type BackendId, backendTitle } from "#lib/lmi/backend-id.ts";
import { type Framework, listVersions } from "#lib/lmi/image-uri.ts";
import { compareVersions, isVersionIn } from "#lib/lmi/versions.ts";
import { changeProperties, renameProperty } from "#lib/options/change-properties.ts";
import { type DiffLine, diffLines } from "#lib/options/diff-lines.ts";
import { findOption, isOver } from "#lib/options/option-catalogue.ts";
import {
  type PropertiesFile,
  parseProperties,
  readProperties,
  renderProperties,
} from "#lib/options/parse-properties.ts";
import { backendOf } from "#lib/options/rule-facts.ts";
import { MIGRATION_NOTES } from "./tree-catalogue.ts";

type MigrationNote = { message: string; actions: string[]; source: string; isApplied: boolean };

export type Migration = {
  text: string;
  backend: BackendId;
  framework: Framework;
  /** Version of the new container; older than asked for where the back end stopped there. */
  version: string;
  notes: MigrationNote[];
  diff: DiffLine[];
  /** The other answer the same document gives; null where there is one way only. */
  otherWay: string | null;
};

/** A configuration to take along. `backend` is needed where the file does not name one. */
export type MigrationInput = {
  text: string;
  from: string;
  to: string;
  backend?: BackendId | null;
  architecture?: string | null;
};

type Draft = {
  file: PropertiesFile;
  backend: BackendId;
  notes: MigrationNote[];
  input: MigrationInput;
  otherWay: string | null;
};

/**
 * A `serving.properties` of one version for another, by LMI's own migration notes. Everything that has a
 * successor is renamed or replaced in place, what nothing reads any more is commented out and not lost.
 */
export function migrateProperties(input: MigrationInput): Migration {
  const file = parseProperties(input.text);
  const backend = input.backend ?? backendOf(readProperties(file)) ?? "vllm";
  const draft: Draft = { file, backend, notes: [], input, otherWay: null };
  renameCalibration(draft);
  replaceDeepSpeed(draft);
  changeForVersion30(draft);
  replaceScheduler(draft);
  replaceLmiDist(draft);
  const { framework, version } = containerOf(draft);
  retireOptions(draft, version);
  noteTheRest(draft);
  const text = renderProperties(draft.file);
  return {
    text,
    backend: draft.backend,
    framework,
    version,
    notes: draft.notes,
    diff: diffLines(input.text, text),
    otherWay: draft.otherWay,
  };
}

/** True where the way from one version to the other passes the given one. */
function passes({ from, to }: MigrationInput, version: string): boolean {
  return compareVersions(from, version) < 0 && compareVersions(to, version) >= 0;
}

function change(
  draft: Draft,
  changes: Record<string, string | null>,
  version: string,
  message: string,
): void {
  const before = renderProperties(draft.file);
  draft.file = changeProperties(draft.file, changes);
  if (renderProperties(draft.file) !== before) note(draft, version, message, true);
}

/** Cites the catalogue's note for the version, whose "to" begins with it. */
function note(draft: Draft, version: string, message: string, isApplied: boolean): void {
  const row = MIGRATION_NOTES.find((candidate) => candidate.to.startsWith(version));
  draft.notes.push({ message, actions: row?.actions ?? [], source: row?.source ?? "", isApplied });
}

function renameCalibration(draft: Draft): void {
  if (!passes(draft.input, "0.27.0")) return;
  for (const [old, name] of [
    ["option.awq_format", "option.q_format"],
    ["option.awq_calib_size", "option.calib_size"],
  ] as const) {
    if (readProperties(draft.file)[old] === undefined) continue;
    draft.file = renameProperty(draft.file, old, name);
    const source = findOption(old)?.source.at(-1) ?? "";
    draft.notes.push({
      message: `${old} is called ${name} from 0.27.0.`,
      actions: [],
      source,
      isApplied: true,
    });
  }
}

function replaceDeepSpeed(draft: Draft): void {
  if (draft.backend !== "deepspeed" || !passes(draft.input, "0.28.0")) return;
  const isLater = compareVersions(draft.input.to, "0.33.0") >= 0;
  draft.backend = isLater ? "vllm" : "lmi-dist";
  draft.otherWay = "Stay on 0.27.0, the last version with DeepSpeed.";
  const engine = isLater ? "Python" : "MPI";
  change(
    draft,
    { engine, "option.entryPoint": null, "option.rolling_batch": draft.backend },
    "0.28.0",
    `DeepSpeed is gone from 0.28.0; ${backendTitle(draft.backend)} takes its place.`,
  );
}

function changeForVersion30(draft: Draft): void {
  if (!passes(draft.input, "0.30.0")) return;
  if (draft.backend === "tensorrt-llm" && draft.input.architecture === "t5") {
    change(
      draft,
      { "option.batch_scheduler_policy": "guaranteed_no_evict" },
      "0.30.0 TensorRT",
      "From 0.30.0 T5 fails with the default scheduler policy and needs more memory: tune batch and lengths again.",
    );
  }
  if (draft.backend === "transformers-neuronx" && readProperties(draft.file)["option.partition_schema"]) {
    change(draft, { "option.partition_schema": null }, "0.30.0 Neuron", "The old way to partition is gone.");
  }
  if (draft.backend === "lmi-dist")
    note(draft, "0.30.0 (v12)", "Long contexts may run out of memory at start-up from 0.30.0.", false);
}

function replaceScheduler(draft: Draft): void {
  if (readProperties(draft.file)["option.rolling_batch"] !== "scheduler" || !passes(draft.input, "0.33.0"))
    return;
  draft.backend = "vllm";
  draft.otherWay = "stay on 0.32.0";
  change(
    draft,
    { "option.rolling_batch": "vllm" },
    "0.33.0",
    "The scheduler is gone from 0.33.0: vLLM batches.",
  );
}

function replaceLmiDist(draft: Draft): void {
  if (draft.backend !== "lmi-dist" || !passes(draft.input, "0.33.0")) return;
  draft.backend = "vllm";
  draft.otherWay = "stay on 0.32.0";
  const changes = { engine: "Python", "option.mpi_mode": "false", "option.rolling_batch": "vllm" };
  change(draft, changes, "0.33.0", "LMI-Dist is gone from 0.33.0: vLLM takes its place.");
}

function containerOf({ backend, input }: Draft): { framework: Framework; version: string } {
  const framework = frameworkOf(backend, input.to);
  const published = listVersions(framework);
  if (published.includes(input.to)) return { framework, version: input.to };
  const older = published.filter((version) => compareVersions(version, input.to) < 0);
  return { framework, version: older.at(-1) ?? published.at(-1) ?? input.to };
}

function frameworkOf(backend: BackendId, version: string): Framework {
  if (backend === "tensorrt-llm") return "djl-tensorrtllm";
  if (backend === "transformers-neuronx") return "djl-neuronx";
  return compareVersions(version, "0.28.0") < 0 ? "djl-deepspeed" : "djl-lmi";
}

/** Comments out what the new version no longer reads, so that the value stays at hand. */
function retireOptions(draft: Draft, version: string): void {
  const { input, backend } = draft;
  const raws = draft.file.lines.map((line) => {
    if (line.kind !== "entry") return line.raw;
    const row = findOption(line.key);
    const wasKnown = row && isVersionIn(input.from, row.versions);
    if (!row || !wasKnown) return line.raw;
    const isUnread =
      !isVersionIn(version, row.versions, backend) || (isOver(row, version) && /^removed/.test(row.status));
    if (!isUnread) return line.raw;
    draft.notes.push({
      message: `${line.key} is not read by ${version} (${row.versions}${row.status === "active" ? "" : `, ${row.status}`}).`,
      actions: [],
      source: row.source[0] ?? "",
      isApplied: true,
    });
    return line.raw.replace(/^(?=[\s\S])/gm, "# ");
  });
  draft.file = parseProperties(raws.join(""));
}

/** What happens on the way without anything to change in the file. */
function noteTheRest(draft: Draft): void {
  const { input, backend } = draft;
  const properties = readProperties(draft.file);
  if (passes(input, "0.28.0") && frameworkOf(backend, input.to) === "djl-lmi")
    note(draft, "0.28.0", "The container is called djl-lmi from 0.28.0 on, djl-deepspeed before.", false);
  if (passes(input, "0.32.0"))
    note(draft, "0.32.0", "Sampling parameters work without do_sample from 0.32.0.", false);
  const rolling = properties["option.rolling_batch"];
  if (passes(input, "0.35.0") && backend === "vllm" && (rolling === undefined || rolling === "auto"))
    note(
      draft,
      "0.34.0",
      "From 0.35.0 vLLM runs in async mode unless rolling_batch=vllm asks for the old one.",
      false,
    );
  if (backend === "transformers-neuronx" && passes(input, "0.35.0"))
    note(draft, "0.35.0", "LMI has no Neuron from 0.35.0 on: pin 0.29.0.", false);
  if (backend === "tensorrt-llm" && compareVersions(input.to, "0.33.0") > 0)
    draft.notes.push({
      message: "No TensorRT-LLM image is newer than 0.33.0.",
      actions: ["Stay on 0.33.0, or move to vLLM."],
      source: "images.json",
      isApplied: false,
    });
}
