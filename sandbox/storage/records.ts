/** A bucket; names are unique over all regions, as in AWS. */
export type BucketRecord = { readonly name: string; readonly region: string; readonly createdAt: number };

/** A file of bytes in the state folder, under a name that no client chose. */
export type Blob = { readonly id: string; readonly size: number };

/** What a client said about an object when it wrote it: headers that are repeated, and its own `x-amz-meta-…`. */
export type ObjectHeaders = Readonly<Record<string, string>>;

export type ObjectRecord = {
  readonly key: string;
  /** The bytes, in order: one blob of a single put, one for each part of a multipart upload. */
  readonly blobs: readonly Blob[];
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly modifiedAt: number;
  readonly headers: ObjectHeaders;
  /** `x-amz-checksum-…` headers of a single put. */
  readonly checksums: ObjectHeaders;
};

export type PartRecord = { readonly blob: Blob; readonly etag: string };

/** A multipart upload that is neither completed nor aborted. */
export type UploadRecord = {
  readonly id: string;
  readonly key: string;
  readonly headers: ObjectHeaders;
  readonly startedAt: number;
  readonly parts: Readonly<Record<string, PartRecord>>;
};
