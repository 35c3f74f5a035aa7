import type { Failure } from "#lib/failure.ts";

/** What is asked of the account, one question to a line. */
export type Question = "name" | "quota" | "role" | "permissions" | "image" | "bucket" | "weights";

/** What the account answered. Null means that it was not asked, or did not answer: `trouble` then says why. */
export type AccountFacts = {
  /** The region this server works in. */
  region: string | null;
  /** Whether something of this name is there already. */
  endpointExists: boolean | null;
  /** Only asked for components. */
  componentExists: boolean | null;
  /** "<type> for endpoint usage": what is allowed, and what runs; `used` null could not be counted. */
  quota: { limit: number; used: number | null } | null;
  /** `trusts` is whether sagemaker.amazonaws.com may assume it. */
  role: { exists: boolean; trusts: boolean | null } | null;
  /** Simulated for the role (iam:SimulatePrincipalPolicy). */
  permissions: readonly { action: string; resource: string; isAllowed: boolean }[] | null;
  image: ImageFact | null;
  bucket: BucketFact | null;
  /** Only asked for weights in S3. */
  weights: WeightsFact | null;
  /** `sagemaker-{region}-{account}`, which a deployment makes where it is missing. */
  standardBucket: string | null;
  host: Host | null;
  trouble: Readonly<Partial<Record<Question, Failure>>>;
};

/** Whether the registry has the image's tag; `others` are the tags of the same container that it has instead. */
export type ImageFact = { exists: true } | { exists: false; others: readonly string[] };

/** `region` null: S3 does not say. A bucket's name is taken once for all accounts, so this one may be another's. */
export type BucketFact = { exists: true; region: string | null; isDenied: boolean } | { exists: false };

/** Whether anything lies under the prefix, as far as this identity may look. */
export type WeightsFact = { found: boolean; isDenied: boolean };

/** The endpoint a component goes onto. */
export type Host = {
  status: string;
  /** Names of its variants; the rest is about the one that the component goes onto. */
  variants: readonly string[];
  hasModel: boolean;
  freeAccelerators: number | null;
  /** What managed scaling may still start, and to how few machines it goes back; null where it is not enabled. */
  growth: { machines: number; acceleratorsEach: number; minimum: number } | null;
};
