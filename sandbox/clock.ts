/** Time as the sandbox sees it. `scale` is how many seconds of a real account pass in one second here. */
export type Clock = {
  /** Milliseconds since the epoch, moved forward by what `advance` was told. */
  now(): number;
  /** Milliseconds that so many seconds of a real account take here; 0 where everything settles at once. */
  shorten(seconds: number): number;
  advance(milliseconds: number): void;
  offset(): number;
  readonly scale: number;
};

/** A clock over a wall clock in milliseconds; scale 0 settles at once, 1 is real time. */
export function createClock(scale: number, wall: () => number, offset = 0): Clock {
  let moved = offset;
  return {
    scale,
    now: () => wall() + moved,
    shorten: (seconds) => (scale === 0 ? 0 : (seconds * 1000) / scale),
    advance: (milliseconds) => {
      moved += milliseconds;
    },
    offset: () => moved,
  };
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds in a length such as `90s`, `10m`, `2h` or `250ms`; undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim());
  const unit = UNITS[match?.[2] ?? ""];
  return match?.[1] === undefined || unit === undefined ? undefined : Number(match[1]) * unit;
}
