/** What a quota is from a moment on (milliseconds); the last one that has begun counts. */
export type QuotaValue = { readonly at: number; readonly value: number };

/** A request for an increase with its whole course, decided when it was made; times in milliseconds. */
export type QuotaRequestRecord = {
  readonly id: string;
  readonly code: string;
  readonly desired: number;
  readonly createdAt: number;
  /** Null where it is approved without a person looking at it. */
  readonly caseOpenedAt: number | null;
  readonly approvedAt: number;
};
