import * as z from "zod/mini";
import { FAILURE_CODES } from "./failure.ts";

/** A failure as it crosses from our server to our browser, and as it is kept. */
export const failureSchema = z.object({
  code: z.enum(FAILURE_CODES),
  message: z.string(),
  hint: z.exactOptional(z.string()),
  detail: z.exactOptional(z.string()),
  logUrl: z.exactOptional(z.string().check(z.regex(/^https:/))),
  field: z.exactOptional(z.string()),
});
