import type { JsonService, Operation, StreamOperation } from "../services/json-rpc.ts";
import document from "../shapes/logs.json" with { type: "json" };
import { readShapes } from "../shapes/shapes.ts";
import { describeLogGroups } from "./describe-groups.ts";
import { describeLogStreams } from "./describe-streams.ts";
import { filterLogEvents } from "./filter-log-events.ts";
import { getLogEvents } from "./get-log-events.ts";
import { startLiveTail } from "./live-tail.ts";

/** CloudWatch Logs: what the containers of endpoints and inference components wrote. */
export const LOGS: JsonService = {
  prefix: "Logs_20140328",
  contentType: "application/x-amz-json-1.1",
  shapes: readShapes(document),
  breach: "InvalidParameterException",
  operations: new Map<string, Operation>([
    ["DescribeLogGroups", describeLogGroups],
    ["DescribeLogStreams", describeLogStreams],
    ["GetLogEvents", getLogEvents],
    ["FilterLogEvents", filterLogEvents],
  ]),
  streams: new Map<string, StreamOperation>([["StartLiveTail", startLiveTail]]),
};
