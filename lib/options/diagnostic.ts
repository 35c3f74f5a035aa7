/** Changes of keys that put a diagnostic right; null removes one. */
export type OptionFix = { label: string; changes: Record<string, string | null> };

export type Diagnostic = {
  severity: "error" | "warning" | "hint";
  /** Offsets into the text, for a squiggle; both 0 where nothing of the file is at fault. */
  from: number;
  to: number;
  key: string;
  message: string;
  /** A rule's id ("R15") or the kind of check. */
  rule: string;
  source: string | null;
  /** Where several could be meant, the likeliest first. */
  fixes?: readonly OptionFix[];
};
