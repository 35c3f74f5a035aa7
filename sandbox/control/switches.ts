import { z } from "zod";
import { parseJson } from "../json.ts";

/** How strictly the sandbox plays AWS where AWS itself differs by region, day or luck; all off at the start. */
export type Switches = {
  /** Milliseconds for which CreateEndpoint and UpdateEndpoint do not see a new configuration. */
  configInvisibleMs: number;
  /** A list filtered by LastModifiedTime begins with an empty page that carries a token. */
  emptyPages: boolean;
  /** The region does not let managed scaling go down to no instances. */
  noScaleToZero: boolean;
  /** The caller may not deregister scalable targets. */
  denyDeregister: boolean;
  /** Actions that nobody may do, such as `sagemaker:CreateEndpoint` or `sagemaker:*`. */
  denied: readonly string[];
  /** Instance types that cannot be had now. */
  noCapacity: readonly string[];
  /** Calls a second and the most at once, by operation; `*` is every operation that has no own entry. */
  throttle: Readonly<Record<string, { readonly perSecond: number; readonly burst: number }>>;
};

/** AWS on a good day. */
export const SWITCHES_OFF: Switches = {
  configInvisibleMs: 0,
  emptyPages: false,
  noScaleToZero: false,
  denyDeregister: false,
  denied: [],
  noCapacity: [],
  throttle: {},
};

const rate = z.strictObject({ perSecond: z.number().min(0), burst: z.number().min(1) });
const action = z
  .string()
  .regex(/^([a-z0-9-]+:[A-Za-z]*\*?|\*)$/, "an action such as sagemaker:CreateEndpoint");
const schema = z
  .strictObject({
    configInvisibleMs: z.number().min(0),
    emptyPages: z.boolean(),
    noScaleToZero: z.boolean(),
    denyDeregister: z.boolean(),
    denied: z.array(action),
    noCapacity: z.array(z.string()),
    throttle: z.record(z.string(), rate),
  })
  .partial();

/** The switches as `POST /_sandbox/switches` moves them, those it does not name as they were; or what is wrong. */
export function moveSwitches(switches: Switches, body: string): Switches | { readonly error: string } {
  const parsed = schema.safeParse(parseJson(body));
  if (!parsed.success) return { error: z.prettifyError(parsed.error) };
  const moved = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
  return { ...switches, ...Object.fromEntries(moved) };
}
