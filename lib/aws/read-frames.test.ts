import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";
import { describe, expect, it } from "vitest";
import { describeStreamFailure } from "./describe-stream-failure.ts";
import { readPayloads } from "./read-frames.ts";

const codec = new EventStreamCodec(toUtf8, fromUtf8);

function frame(headers: Record<string, string>, body = ""): Uint8Array {
  const named = Object.entries(headers).map(([name, value]) => [`:${name}`, { type: "string", value }]);
  return codec.encode({ headers: Object.fromEntries(named), body: fromUtf8(body) });
}

const part = (body: string) => frame({ "message-type": "event", "event-type": "PayloadPart" }, body);

async function* cut(bytes: Uint8Array, ...places: number[]): AsyncGenerator<Uint8Array> {
  const ends = [...places, bytes.length];
  for (const [at, end] of ends.entries()) yield bytes.subarray(ends[at - 1] ?? 0, end);
}

async function read(source: AsyncIterable<Uint8Array>) {
  const texts: string[] = [];
  try {
    for await (const payload of readPayloads(source)) texts.push(toUtf8(payload));
    return { texts, failure: null };
  } catch (error) {
    return { texts, failure: describeStreamFailure(error) };
  }
}

const BODY = Buffer.concat([part('{"a":1}\n'), part(""), part("größer 速い"), part("}\n")]);
const TEXTS = ['{"a":1}\n', "", "größer 速い", "}\n"];

describe("readPayloads", () => {
  it("gives one payload a frame, wherever the bytes are cut", async () => {
    expect(await read(cut(BODY))).toEqual({ texts: TEXTS, failure: null });
    for (let place = 1; place < BODY.length; place += 1) {
      expect((await read(cut(BODY, place))).texts).toEqual(TEXTS);
    }
    const everywhere = Array.from({ length: BODY.length - 1 }, (_, index) => index + 1);
    expect((await read(cut(BODY, ...everywhere))).texts).toEqual(TEXTS);
  });

  it("reports an end inside a frame, be it three bytes of a length", async () => {
    const whole = part("x").length;
    for (const left of [1, 3, 4, 11, whole - 1]) {
      const { texts, failure } = await read(cut(Buffer.concat([part("x"), part("x").subarray(0, left)])));
      expect(texts).toEqual(["x"]);
      expect(failure).toMatchObject({
        code: "interrupted",
        message: expect.stringMatching(/middle of the answer/),
      });
    }
  });

  it("gives what came before damage, and reports any damaged byte", async () => {
    const good = part("good");
    const bad = part("bad");
    for (let at = 0; at < bad.length; at += 1) {
      const damaged = Uint8Array.from(bad, (byte, index) => (index === at ? byte ^ 0x40 : byte));
      const { texts, failure } = await read(cut(Buffer.concat([good, damaged])));
      expect(texts).toEqual(["good"]);
      expect(failure).not.toBeNull();
      // The words are those of the codec, wherever the frame stands.
      expect(failure).toEqual((await read(cut(damaged))).failure);
    }
  });

  it("passes over events it does not know", async () => {
    const other = frame({ "message-type": "event", "event-type": "Heartbeat" });
    expect(await read(cut(Buffer.concat([part("a"), other, part("b")])))).toEqual({
      texts: ["a", "b"],
      failure: null,
    });
  });

  it.each([
    [
      { "message-type": "exception", "exception-type": "ModelStreamError" },
      '{"Message":"gone","ErrorCode":"ModelInvocationTimeExceeded"}',
      { code: "interrupted", detail: "gone" },
    ],
    [
      { "message-type": "exception", "exception-type": "ModelStreamError" },
      '{"message":"gone"}',
      { code: "model-error", detail: "gone" },
    ],
    [{ "message-type": "exception", "exception-type": "InternalStreamFailure" }, "", { code: "interrupted" }],
    [
      { "message-type": "exception", "exception-type": "ThrottlingException" },
      "slow down",
      { code: "throttled" },
    ],
    [
      { "message-type": "error", "error-code": "InternalFailure", "error-message": "x" },
      "",
      { code: expect.any(String) },
    ],
    [{ "message-type": "surprise" }, "", { code: expect.any(String) }],
  ])("throws what the SDK throws for %o", async (headers, body, failure) => {
    const result = await read(cut(Buffer.concat([part("before"), frame(headers, body)])));
    expect(result).toMatchObject({ texts: ["before"], failure });
  });
});
