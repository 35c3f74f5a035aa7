import * as z from "zod/mini";

/**
 * How a run came from another one: sent again, gone on with where it ended, answered anew in a chat, asked with
 * other words in its place, asked after it, or branched from one of its tokens. `parentId` is that run's.
 * Or it was sent to find something out.
 */
export const runOriginSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("retry"), parentId: z.uuid() }),
  z.strictObject({ kind: z.literal("continue"), parentId: z.uuid() }),
  z.strictObject({ kind: z.literal("regenerate"), parentId: z.uuid() }),
  z.strictObject({ kind: z.literal("reply"), parentId: z.uuid() }),
  z.strictObject({ kind: z.literal("edit"), parentId: z.uuid() }),
  z.strictObject({
    kind: z.literal("branch"),
    parentId: z.uuid(),
    /**
     * The token of the parent's answer, by index in all of it, whose place `text` takes. Without text the model
     * chooses anew from there on: a request of a continued answer that is sent again.
     */
    tokenIndex: z.int().check(z.nonnegative()),
    text: z.string().check(z.maxLength(1_000)),
  }),
  /** One of the two short requests that find out what an endpoint's log probabilities mean. */
  z.strictObject({ kind: z.literal("probe") }),
]);

export type RunOrigin = z.infer<typeof runOriginSchema>;
