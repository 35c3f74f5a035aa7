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
  noCapacity: [],
  throttle: {},
};
