import { describe, expect, test } from "vitest";
import { signingKey } from "../signature/sign.ts";
import { decodeChunked } from "./aws-chunked.ts";
import { crc32c, crc64nvme } from "./crc.ts";

// AWS's published example: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
const SEED = {
  key: signingKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", {
    date: "20130524",
    region: "us-east-1",
    service: "s3",
  }),
  stamp: "20130524T000000Z",
  scope: "20130524/us-east-1/s3/aws4_request",
  signature: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
};
const EXAMPLE = [
  "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
  "a".repeat(65_536),
  "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
  "a".repeat(1024),
  "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
  "",
  "",
].join("\r\n");

async function decode(body: string, pieces: number, seed?: typeof SEED) {
  async function* cut() {
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += pieces) yield bytes.subarray(at, at + pieces);
  }
  const trailers = new Map<string, string>();
  const chunks: Uint8Array[] = [];
  for await (const chunk of decodeChunked(cut(), seed, trailers)) chunks.push(chunk);
  return { text: Buffer.concat(chunks).toString(), trailers: Object.fromEntries(trailers) };
}

describe("signed chunks", () => {
  test.each([1_000_000, 4096, 7])("of AWS's example are taken, cut every %i bytes", async (pieces) => {
    expect((await decode(EXAMPLE, pieces, SEED)).text).toBe("a".repeat(66_560));
  });

  test("are refused where a byte, a signature or their order changed", async () => {
    const refusal = { code: "SignatureDoesNotMatch" };
    await expect(decode(EXAMPLE.replace("aa\r\n400", "ab\r\n400"), 4096, SEED)).rejects.toMatchObject(
      refusal,
    );
    await expect(decode(EXAMPLE.replace("=b6c6", "=b6c7"), 4096, SEED)).rejects.toMatchObject(refusal);
    await expect(decode(EXAMPLE.replaceAll(/;chunk-signature=\w+/g, ""), 4096, SEED)).rejects.toMatchObject(
      refusal,
    );
  });
});

describe("unsigned chunks", () => {
  const body = "3\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n";

  test.each([1, 2, 3, 100])("and their trailer are read, cut every %i bytes", async (pieces) => {
    expect(await decode(body, pieces)).toEqual({
      text: "abcde",
      trailers: { "x-amz-checksum-crc32": "AAAA" },
    });
  });

  test.each([
    ["a torn chunk", "5\r\nabc", "IncompleteBody"],
    ["no end", "3\r\nabc\r\n", "InvalidChunkSizeError"],
    ["a length that lies", "2\r\nabc\r\n0\r\n\r\n", "IncompleteBody"],
    ["a length that is none", "-1\r\n", "InvalidChunkSizeError"],
    ["a head without end", "0".repeat(5000), "IncompleteBody"],
  ])("with %s are refused", async (_name, text, code) => {
    await expect(decode(text, 100)).rejects.toMatchObject({ code });
  });
});

test("the sums that Node has not are those of the catalogue", () => {
  const [castagnoli, nvme] = [crc32c(), crc64nvme()];
  for (const piece of ["12345", "6789"]) {
    castagnoli.update(Buffer.from(piece));
    nvme.update(Buffer.from(piece));
  }
  expect(castagnoli.digest().toString("hex")).toBe("e3069283");
  expect(nvme.digest().toString("hex")).toBe("ae8b14860a799888");
});
