import { createHash, randomBytes } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  type ChecksumAlgorithm,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let client: S3Client;

function connect(region = "us-east-1", secretAccessKey = "sandbox", settings: object = {}): S3Client {
  return new S3Client({
    ...settings,
    region,
    endpoint: sandbox.url,
    credentials: { accessKeyId: "sandbox", secretAccessKey },
    forcePathStyle: true,
    maxAttempts: 1,
  });
}

beforeEach(async () => {
  sandbox = await startTestSandbox();
  client = connect();
  await client.send(new CreateBucketCommand({ Bucket: "models" }));
});
afterEach(() => sandbox.close());

function put(Key: string, Body: string | Uint8Array = "x") {
  return client.send(new PutObjectCommand({ Bucket: "models", Key, Body }));
}

async function get(Key: string, Range?: string): Promise<Buffer> {
  const { Body } = await client.send(
    new GetObjectCommand({ Bucket: "models", Key, ...(Range === undefined ? {} : { Range }) }),
  );
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

async function keys(input: { Prefix?: string; Delimiter?: string; MaxKeys?: number } = {}) {
  const found: string[] = [];
  const prefixes: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: "models", ...input, ...(token && { ContinuationToken: token }) }),
    );
    found.push(...(page.Contents ?? []).map((entry) => entry.Key ?? ""));
    prefixes.push(...(page.CommonPrefixes ?? []).map((entry) => entry.Prefix ?? ""));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return { found, prefixes };
}

const files = () => readdirSync(join(sandbox.settings.folder, "objects"));

describe("buckets", () => {
  test("are created once, found, listed and deleted when empty", async () => {
    expect((await client.send(new HeadBucketCommand({ Bucket: "models" }))).BucketRegion).toBe("us-east-1");
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    expect(Buckets).toEqual([expect.objectContaining({ Name: "models", BucketRegion: "us-east-1" })]);
    await put("a");
    const remove = () => client.send(new DeleteBucketCommand({ Bucket: "models" }));
    await expect(remove()).rejects.toMatchObject({ name: "BucketNotEmpty" });
    await client.send(new DeleteObjectCommand({ Bucket: "models", Key: "a" }));
    await remove();
    await expect(client.send(new HeadBucketCommand({ Bucket: "models" }))).rejects.toMatchObject({
      name: "NotFound",
    });
  });

  test("belong to one region", async () => {
    const far = connect("eu-west-1");
    const create = () =>
      far.send(
        new CreateBucketCommand({
          Bucket: "far",
          CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
        }),
      );
    await create();
    await expect(create()).rejects.toMatchObject({ name: "BucketAlreadyOwnedByYou" });
    const location = await far.send(new GetBucketLocationCommand({ Bucket: "far" }));
    expect(location.LocationConstraint).toBe("eu-west-1");
    await expect(client.send(new ListObjectsV2Command({ Bucket: "far" }))).rejects.toMatchObject({
      name: "AuthorizationHeaderMalformed",
      Region: "eu-west-1",
    });
    // HEAD has no body: the region stands in a header, where a client that follows redirects finds it.
    const following = connect("us-east-1", "sandbox", { followRegionRedirects: true });
    expect((await following.send(new HeadBucketCommand({ Bucket: "far" }))).BucketRegion).toBe("eu-west-1");
    await expect(far.send(new CreateBucketCommand({ Bucket: "far2" }))).resolves.toBeDefined();
  });

  test.each(["UPPER", "a", "a..b", "192.168.0.1", "xn--a"])("may not be called %s", async (Bucket) => {
    await expect(client.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: "InvalidBucketName",
    });
  });
});

describe("objects", () => {
  test("come back with their bytes, type, metadata and ETag", async () => {
    const Body = randomBytes(100_000);
    const { ETag } = await client.send(
      new PutObjectCommand({
        Bucket: "models",
        Key: "a/b.tar.gz",
        Body,
        ContentType: "application/gzip",
        Metadata: { who: "me" },
      }),
    );
    expect(ETag).toBe(`"${createHash("md5").update(Body).digest("hex")}"`);
    expect((await get("a/b.tar.gz")).equals(Body)).toBe(true);
    expect(await client.send(new HeadObjectCommand({ Bucket: "models", Key: "a/b.tar.gz" }))).toMatchObject({
      ContentLength: 100_000,
      ContentType: "application/gzip",
      ETag,
      Metadata: { who: "me" },
    });
  });

  test.each<[string, string]>([
    ["bytes=2-4", "cde"],
    ["bytes=7-", "hij"],
    ["bytes=-3", "hij"],
    ["bytes=5-99", "fghij"],
  ])("are read in part: %s", async (range, expected) => {
    await put("k", "abcdefghij");
    expect((await get("k", range)).toString()).toBe(expected);
  });

  test("are refused where a range lies behind their end", async () => {
    await put("k", "abc");
    await expect(get("k", "bytes=3-")).rejects.toMatchObject({ name: "InvalidRange" });
  });

  test("are missed in S3's words", async () => {
    await expect(get("nothing")).rejects.toMatchObject({ name: "NoSuchKey" });
    await expect(client.send(new GetObjectCommand({ Bucket: "no-bucket", Key: "k" }))).rejects.toMatchObject({
      name: "NoSuchBucket",
    });
  });

  test("replace each other and leave no file behind", async () => {
    await put("k", "one");
    await put("k", "two");
    expect((await get("k")).toString()).toBe("two");
    expect(files()).toHaveLength(1);
    await client.send(new CopyObjectCommand({ Bucket: "models", Key: "copy é", CopySource: "models/k" }));
    expect((await get("copy é")).toString()).toBe("two");
    const { Deleted } = await client.send(
      new DeleteObjectsCommand({
        Bucket: "models",
        Delete: { Objects: [{ Key: "k" }, { Key: "copy é" }, { Key: "never <was>" }] },
      }),
    );
    expect(Deleted?.map((entry) => entry.Key)).toEqual(["k", "copy é", "never <was>"]);
    expect(files()).toEqual([]);
  });

  test("keep to conditions", async () => {
    const { ETag } = await put("k", "one");
    await expect(
      client.send(new PutObjectCommand({ Bucket: "models", Key: "k", Body: "two", IfNoneMatch: "*" })),
    ).rejects.toMatchObject({ name: "PreconditionFailed" });
    await expect(
      client.send(new GetObjectCommand({ Bucket: "models", Key: "k", IfNoneMatch: ETag })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });

  test("outlive a restart, and half-written files do not", async () => {
    await put("k", "kept");
    const { folder } = sandbox.settings;
    await sandbox.close();
    writeFileSync(join(folder, "objects", "torn"), "half");
    sandbox = await startTestSandbox({ folder });
    client = connect();
    expect((await get("k")).toString()).toBe("kept");
    expect(files()).toHaveLength(1);
  });
});

describe("bodies", () => {
  test.each<ChecksumAlgorithm>(["CRC32", "CRC32C", "SHA1", "SHA256"])(
    "in chunks with a %s trailer are decoded and checked",
    async (ChecksumAlgorithm) => {
      const bytes = randomBytes(300_000);
      await client.send(
        new PutObjectCommand({
          Bucket: "models",
          Key: "k",
          Body: Readable.from([bytes.subarray(0, 70_001), bytes.subarray(70_001)]),
          ContentLength: bytes.length,
          ChecksumAlgorithm,
        }),
      );
      expect((await get("k")).equals(bytes)).toBe(true);
      const head = await client.send(
        new HeadObjectCommand({ Bucket: "models", Key: "k", ChecksumMode: "ENABLED" }),
      );
      expect(head[`Checksum${ChecksumAlgorithm as "CRC32"}`]).toBeTruthy();
    },
  );

  test.each([
    ["ContentMD5", { ContentMD5: createHash("md5").update("other").digest("base64") }],
    ["ChecksumCRC32", { ChecksumCRC32: "AAAAAA==" }],
    ["ChecksumSHA256", { ChecksumSHA256: createHash("sha256").update("other").digest("base64") }],
    ["ChecksumCRC64NVME", { ChecksumCRC64NVME: "AAAAAAAAAAA=" }],
  ])("that break their %s are refused and leave nothing", async (_name, claim) => {
    const sent = client.send(new PutObjectCommand({ Bucket: "models", Key: "k", Body: "text", ...claim }));
    await expect(sent).rejects.toMatchObject({ name: "BadDigest" });
    expect(files()).toEqual([]);
    await expect(get("k")).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  test("larger than the limit are refused before they are sent", async () => {
    const length = 2 * 1024 ** 3;
    const headers = {
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIAOTHER/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00",
      "content-length": String(length),
      "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
    };
    const text = await new Promise<string>((resolve, reject) => {
      const sending = httpRequest(`${sandbox.url}/models/k`, { method: "PUT", headers }, (answer) => {
        answer.setEncoding("utf8").once("data", (data: string) => {
          resolve(data);
          sending.destroy();
        });
      });
      sending.on("error", reject);
      sending.write("x");
    });
    expect(text).toContain("<Code>EntityTooLarge</Code>");
  });
});

describe("uploads in parts", () => {
  const FIVE = 5 * 1024 * 1024;

  async function begin(): Promise<string> {
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ Bucket: "models", Key: "big", ContentType: "application/gzip" }),
    );
    return UploadId ?? "";
  }

  async function part(UploadId: string, PartNumber: number, Body: Uint8Array) {
    const { ETag } = await client.send(
      new UploadPartCommand({ Bucket: "models", Key: "big", UploadId, PartNumber, Body }),
    );
    return { ETag, PartNumber };
  }

  function complete(UploadId: string, Parts: { ETag: string | undefined; PartNumber: number }[]) {
    return client.send(
      new CompleteMultipartUploadCommand({
        Bucket: "models",
        Key: "big",
        UploadId,
        MultipartUpload: { Parts: Parts.map((entry) => ({ ...entry, ETag: entry.ETag ?? "" })) },
      }),
    );
  }

  test("become one object that is read across their borders", async () => {
    const bytes = randomBytes(FIVE + 1000);
    const id = await begin();
    await part(id, 2, randomBytes(10));
    const parts = await Promise.all([
      part(id, 1, bytes.subarray(0, FIVE)),
      part(id, 2, bytes.subarray(FIVE)),
    ]);
    const { ETag } = await complete(id, parts);
    expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect((await get("big")).equals(bytes)).toBe(true);
    const across = await get("big", `bytes=${FIVE - 3}-${FIVE + 2}`);
    expect(across.equals(bytes.subarray(FIVE - 3, FIVE + 3))).toBe(true);
    expect(files()).toHaveLength(2);
  });

  test("are refused where a part is missing, small or in disorder, and dropped on request", async () => {
    const id = await begin();
    const small = [await part(id, 1, randomBytes(10)), await part(id, 2, randomBytes(10))];
    await expect(complete(id, small)).rejects.toMatchObject({ name: "EntityTooSmall" });
    await expect(complete(id, small.toReversed())).rejects.toMatchObject({ name: "InvalidPartOrder" });
    await expect(complete(id, [{ ETag: '"x"', PartNumber: 3 }])).rejects.toMatchObject({
      name: "InvalidPart",
    });
    await client.send(new AbortMultipartUploadCommand({ Bucket: "models", Key: "big", UploadId: id }));
    expect(files()).toEqual([]);
    await expect(part(id, 1, randomBytes(1))).rejects.toMatchObject({ name: "NoSuchUpload" });
  });
});

describe("listing", () => {
  test("pages through keys in the order of their bytes, without loss", async () => {
    const names = ["b", "a/1", "a/2", "\u{1f600}", "\uffee", "a", "c/x/y", "c/z"];
    for (const name of names) await put(name);
    const sorted = names.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    expect((await keys({ MaxKeys: 1 })).found).toEqual(sorted);
    expect(await keys({ Delimiter: "/", MaxKeys: 1 })).toEqual({
      found: ["a", "b", "\uffee", "\u{1f600}"],
      prefixes: ["a/", "c/"],
    });
    expect(await keys({ Prefix: "c/", Delimiter: "/" })).toEqual({ found: ["c/z"], prefixes: ["c/x/"] });
  });

  test.each([
    "../../etc/passwd",
    "a/../../b",
    "..",
    "/leading",
    "a//b/",
    "a\\..\\b",
    "%2e%2e%2f",
    "a b+c&d=e?f#g;h",
    "<key>&amp;'\"",
    "é/日本語/\u{1f600}",
    "__proto__",
    "line\nfeed\ttab",
    "x".repeat(1024),
  ])("a key is only a name: %j", async (key) => {
    await put(key, key);
    expect((await get(key)).toString()).toBe(key);
    expect((await keys()).found).toEqual([key]);
    // Nothing but a file of random name in the one folder, whatever the key says.
    expect(files()).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    const around = ["journal.jsonl", "lock", "log-lines.jsonl", "metrics.jsonl", "objects"];
    expect(readdirSync(sandbox.settings.folder).toSorted()).toEqual(around);
  });

  test("a key of more than 1,024 bytes is refused", async () => {
    await expect(put("é".repeat(513))).rejects.toMatchObject({ name: "KeyTooLongError" });
  });
});

describe("what is not there", () => {
  test("is refused in words", async () => {
    await expect(client.send(new GetBucketAclCommand({ Bucket: "models" }))).rejects.toMatchObject({
      name: "NotImplemented",
    });
  });

  test("a wrong secret is no way in", async () => {
    await expect(connect("us-east-1", "wrong").send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: "SignatureDoesNotMatch",
    });
  });
});
