import { isJsonObject, type JsonObject, stringAt } from "../json.ts";

/** Where a container's model data lies: one archive, or everything under a prefix. */
export type ArtifactSource = { readonly url: string; readonly kind: "archive" | "prefix" };

/** What was found there when a container was started. */
export type Artifacts = { readonly url: string } & (
  | {
      /** The entries of `serving.properties` at the root; none where there is no such file. */
      readonly properties: Readonly<Record<string, string>>;
      /** Whether the model brings a handler of its own, which nothing here runs. */
      readonly hasHandler: boolean;
    }
  | {
      readonly trouble: ArtifactTrouble;
      /** For the container's log. */
      readonly why: string;
    }
);

export type ArtifactTrouble = "missing" | "broken" | "too-large";

/** Something with an environment that may be started from model data. */
type Configured = {
  readonly environment: Readonly<Record<string, string>>;
  readonly artifacts?: Artifacts;
};

/** The model data that a container definition names; undefined where it has none. */
export function artifactSourceOf(container: JsonObject): ArtifactSource | undefined {
  // A component calls it by another name.
  const url = stringAt(container, "ModelDataUrl") ?? stringAt(container, "ArtifactUrl");
  if (url !== undefined) return { url, kind: "archive" };
  const source = isJsonObject(container.ModelDataSource) ? container.ModelDataSource.S3DataSource : undefined;
  const uri = isJsonObject(source) ? stringAt(source, "S3Uri") : undefined;
  if (!isJsonObject(source) || uri === undefined) return undefined;
  return { url: uri, kind: source.CompressionType === "Gzip" ? "archive" : "prefix" };
}

/**
 * The settings of a container as variables: its environment, and over it what `serving.properties` says, which LMI
 * prefers (ModelInfo.java puts a variable's option only where the file has none).
 */
export function settingsOf({ environment, artifacts }: Configured): Readonly<Record<string, string>> {
  if (artifacts === undefined || !("properties" in artifacts)) return environment;
  const options = Object.entries(artifacts.properties).flatMap(([key, value]) => {
    const name = key === "engine" ? "engine" : /^option\.(\w+)$/.exec(key)?.[1];
    return name === undefined || value === "" ? [] : [[`OPTION_${name.toUpperCase()}`, value] as const];
  });
  return { ...environment, ...Object.fromEntries(options) };
}

/** The model that settings name; LMI's own name for it is stronger than the short one. */
export function modelIdOf(settings: Readonly<Record<string, string>>): string | undefined {
  return settings.OPTION_MODEL_ID ?? settings.HF_MODEL_ID;
}
