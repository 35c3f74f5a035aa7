import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";
import { expect, test } from "vitest";
import { payloadParts } from "./frames.ts";

const codec = new EventStreamCodec(toUtf8, fromUtf8);
const PIECES = [
  new Uint8Array(),
  fromUtf8("{"),
  fromUtf8("你好 😀").subarray(0, 5),
  new Uint8Array(70_000).fill(7),
];

test("payload parts are the frames that AWS's codec makes, one after the other", () => {
  const string = (value: string) => ({ type: "string" as const, value });
  const expected = PIECES.map((body) =>
    codec.encode({
      headers: {
        ":message-type": string("event"),
        ":event-type": string("PayloadPart"),
        ":content-type": string("application/octet-stream"),
      },
      body,
    }),
  );
  expect(Buffer.from(payloadParts(PIECES)).equals(Buffer.concat(expected))).toBe(true);
  expect(payloadParts([]).length).toBe(0);
});
