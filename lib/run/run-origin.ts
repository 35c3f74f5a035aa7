import { z } from "zod";

/**
 * How a run came from another one: sent again, gone on with where it ended, answered anew in a chat, or branched
 * from one of its tokens by another choice. `parentId` is that run's.
 */
export const runOriginSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("retry"), parentId: z.uuid() }),
  z.strictObject({ kind: z.literal("continue"), parentId: z.uuid() }),
  z.strictObject({ kind: z.literal("regenerate"), parentId: z.uuid() }),
  z.strictObject({
    kind: z.literal("branch"),
    parentId: z.uuid(),
    /** The token of the parent, by index, whose place the text takes. */
    tokenIndex: z.number().int().nonnegative(),
    text: z.string().max(1_000),
  }),
]);
