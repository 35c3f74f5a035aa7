import { randomUUID } from "node:crypto";
import { AwsError } from "../aws-error.ts";
import type { Reply } from "../container/reply.ts";
import { isJsonObject, numberAt, stringAt } from "../json.ts";
import { below, type ObjectLocation, parseLocation } from "../storage/object-location.ts";
import { writeObject } from "../storage/platform-objects.ts";
import type { Storage } from "../storage/storage.ts";
import { type CapturedRequest, captureRecord } from "./capture-record.ts";
import type { Destination } from "./find-destination.ts";

const FLUSH_MS = 1000;

type Captured = { readonly folder: ObjectLocation; readonly at: number; readonly line: string };

/** Writes what goes into and comes out of endpoints that have data capture to S3. */
export type Capture = {
  /** The reply, which is captured when its last byte passed; the same reply where nothing is captured. */
  watch(destination: Destination, request: CapturedRequest, reply: Reply): Reply;
  /** Writes what is held back. */
  flush(): Promise<void>;
  close(): void;
};

/**
 * Capture into objects of a variant and a second: `{prefix}/{endpoint}/{variant}/yyyy/mm/dd/hh/mm-ss-mmm-{id}.jsonl`,
 * with a line for each invocation (https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html).
 */
export function createCapture(storage: Storage, random: () => number, log: (line: string) => void): Capture {
  let waiting: Captured[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = [];
    for (const first of lines) {
      const group = lines.filter((other) => pathOf(other) === pathOf(first));
      // A file for each variant and hour, written where its first line is.
      if (group[0] !== first) continue;
      const text = group.map(({ line }) => `${line}\n`).join("");
      try {
        await writeObject(storage, fileOf(first), Buffer.from(text), "application/x-jsonlines");
      } catch (error) {
        const reason = error instanceof AwsError ? error.message : String(error);
        log(`sandbox: data capture to s3://${pathOf(first)} failed: ${reason}`);
      }
    }
  }

  function hold(captured: Captured): void {
    waiting.push(captured);
    timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
  }

  return {
    flush,
    close: () => clearTimeout(timer),
    watch(destination, request, reply) {
      const { DataCaptureConfig: config } = destination.config;
      if (!isJsonObject(config) || config.EnableCapture === false) return reply;
      const root = parseLocation(stringAt(config, "DestinationS3Uri") ?? "");
      const isDrawn = random() * 100 < (numberAt(config, "InitialSamplingPercentage") ?? 0);
      if (root === undefined || !isDrawn) return reply;
      const rules = config;
      const folder = below(root, `${destination.endpoint}/${destination.variant}`);
      const chunks: Uint8Array[] = [];
      async function* passing(): AsyncGenerator<Uint8Array> {
        for await (const chunk of reply.chunks) {
          chunks.push(chunk);
          yield chunk;
        }
        const at = storage.clock.now();
        const output = { body: Buffer.concat(chunks), type: reply.contentType ?? "" };
        hold({ folder, at, line: JSON.stringify(captureRecord(rules, request, output, at)) });
      }
      return { ...reply, chunks: passing() };
    },
  };
}

function pathOf({ folder, at }: Captured): string {
  return `${folder.bucket}/${folder.key}/${hourOf(at)}`;
}

function hourOf(at: number): string {
  return new Date(at).toISOString().slice(0, 13).replace(/[-T]/g, "/");
}

function fileOf({ folder, at }: Captured): ObjectLocation {
  const minutes = new Date(at).toISOString().slice(14, 23).replace(/[:.]/g, "-");
  return below(folder, `${hourOf(at)}/${minutes}-${randomUUID()}.jsonl`);
}
