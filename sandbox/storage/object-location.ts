/** A place in S3; the key may be empty or end with a slash where it stands for a folder. */
export type ObjectLocation = { readonly bucket: string; readonly key: string };

/** Reads `s3://bucket/key`, or the address of a bucket in path style; undefined for anything else. */
export function parseLocation(uri: string): ObjectLocation | undefined {
  const [, bucket, key = ""] = /^(?:s3:\/\/|https:\/\/s3[^/]*\/)([^/]+)(?:\/(.*))?$/s.exec(uri) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

/** The location as a URI. */
export function locationUri({ bucket, key }: ObjectLocation): string {
  return `s3://${bucket}/${key}`;
}

/** A location below a folder, with one slash between the parts. */
export function below(folder: ObjectLocation, path: string): ObjectLocation {
  const prefix = folder.key.replace(/\/+$/, "");
  return { bucket: folder.bucket, key: prefix === "" ? path : `${prefix}/${path}` };
}
