import { type LocalMinute, parseCron } from "./cron.ts";

/** Whether a schedule fires in the minute that begins at a moment (milliseconds). */
export type Schedule = (minute: number) => boolean;

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/**
 * Reads `at(…)`, `rate(…)` or `cron(…)` in an IANA time zone; `from` is what a rate counts from (milliseconds).
 * Undefined where the text or the zone is none.
 */
export function parseSchedule(text: string, timezone: string, from: number): Schedule | undefined {
  const match = /^(at|rate|cron)\((.*)\)$/.exec(text.trim());
  const local = localClock(timezone);
  if (match === null || local === undefined) return undefined;
  const content = match[2] ?? "";
  switch (match[1]) {
    case "at":
      return parseAt(content, local);
    case "rate":
      return parseRate(content, from);
    default: {
      const cron = parseCron(content);
      return cron === undefined ? undefined : (minute) => cron(local(minute));
    }
  }
}

function parseAt(text: string, local: (at: number) => LocalMinute): Schedule | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(text);
  if (match === null || Number.isNaN(Date.parse(`${text}Z`))) return undefined;
  const [year, month, day, hour, minute] = match.slice(1).map(Number);
  return (at) => {
    const here = local(at);
    return (
      here.minute === minute &&
      here.hour === hour &&
      here.day === day &&
      here.month === month &&
      here.year === year
    );
  };
}

function parseRate(text: string, from: number): Schedule | undefined {
  const match = /^([1-9]\d{0,5}) (minute|hour|day)(s?)$/.exec(text.trim());
  const count = Number(match?.[1]);
  // AWS insists on the grammar: 1 hour, 2 hours.
  if (match === null || (count === 1) !== (match[3] === "")) return undefined;
  const length = count * (UNITS[match[2] ?? ""] ?? 1) * MINUTE;
  const first = Math.floor(from / MINUTE) * MINUTE;
  return (minute) => minute >= first && (minute - first) % length === 0;
}

/** A clock on the wall of a time zone; undefined where there is no such zone. */
function localClock(timezone: string): ((at: number) => LocalMinute) | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      hourCycle: "h23",
      weekday: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    return (at) => {
      const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
      return {
        minute: Number(parts.get("minute")),
        hour: Number(parts.get("hour")),
        day: Number(parts.get("day")),
        month: Number(parts.get("month")),
        weekday: WEEKDAYS.indexOf(parts.get("weekday") ?? "") + 1,
        year: Number(parts.get("year")),
      };
    };
  } catch {
    return undefined;
  }
}
