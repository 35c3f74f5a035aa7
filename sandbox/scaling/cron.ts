type Field = { readonly name: string; readonly min: number; readonly max: number; readonly names?: string };

const FIELDS: readonly Field[] = [
  { name: "minutes", min: 0, max: 59 },
  { name: "hours", min: 0, max: 23 },
  { name: "day of month", min: 1, max: 31 },
  { name: "month", min: 1, max: 12, names: "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC" },
  { name: "day of week", min: 1, max: 7, names: "SUNMONTUEWEDTHUFRISAT" },
  { name: "year", min: 1970, max: 2199 },
];

/** A minute in some time zone; `weekday` counts from 1 for Sunday, as AWS's cron does. */
export type LocalMinute = {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  readonly weekday: number;
  readonly year: number;
};

export type Cron = (at: LocalMinute) => boolean;

/**
 * AWS's cron of six fields (minutes hours day-of-month month day-of-week year), to a test of minutes; undefined
 * where the text is none. `L`, `W` and `#` are read in the two day fields.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
export function parseCron(text: string): Cron | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) return undefined;
  const [minutes, hours, days, months, weekdays, years] = parts.map((part, index) => {
    const field = FIELDS[index];
    return field === undefined ? undefined : parseField(part.toUpperCase(), field);
  });
  // One of the two day fields says nothing, or they could contradict each other.
  const open = [parts[2], parts[4]].filter((part) => part === "?").length;
  if (!minutes || !hours || !days || !months || !weekdays || !years || open !== 1) return undefined;
  return (at) =>
    minutes(at.minute, at) &&
    hours(at.hour, at) &&
    days(at.day, at) &&
    months(at.month, at) &&
    weekdays(at.weekday, at) &&
    years(at.year, at);
}

type Test = (value: number, at: LocalMinute) => boolean;

function parseField(text: string, field: Field): Test | undefined {
  const tests = text.split(",").map((part) => parsePart(part, field));
  const known = tests.filter((test) => test !== undefined);
  return known.length === tests.length ? (value, at) => known.some((test) => test(value, at)) : undefined;
}

function parsePart(part: string, field: Field): Test | undefined {
  const isDay = field.name === "day of month" || field.name === "day of week";
  if (part === "*" || (part === "?" && isDay)) return () => true;
  const special = isDay ? parseDay(part, field) : undefined;
  if (special !== undefined) return special;
  const match = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part);
  if (match === null) return undefined;
  const [, first = "", last, step] = match;
  const from = first === "*" ? field.min : numberOf(first, field);
  const to =
    last !== undefined ? numberOf(last, field) : step !== undefined || first === "*" ? field.max : from;
  const by = Number(step ?? 1);
  if (from === undefined || to === undefined || by < 1) return undefined;
  // A range may run over the end: FRI-MON, 22-2.
  return (value) =>
    from <= to
      ? value >= from && value <= to && (value - from) % by === 0
      : (value >= from || value <= to) &&
        (value - from + (value < from ? field.max - field.min + 1 : 0)) % by === 0;
}

function parseDay(part: string, field: Field): Test | undefined {
  if (field.name === "day of month") {
    if (part === "L") return (day, at) => day === daysIn(at);
    const nearest = /^(\d{1,2})W$/.exec(part);
    return nearest === null ? undefined : (day, at) => day === weekdayNear(Number(nearest[1]), at);
  }
  if (part === "L") return (weekday) => weekday === 7;
  const [, day = "", mark, nth] = /^(\w+?)(L|#([1-5]))$/.exec(part) ?? [];
  const wanted = numberOf(day, field);
  if (wanted === undefined || mark === undefined) return undefined;
  return (weekday, at) =>
    weekday === wanted && (mark === "L" ? at.day > daysIn(at) - 7 : Math.ceil(at.day / 7) === Number(nth));
}

/** The working day nearest to a day of the month, without leaving the month. */
function weekdayNear(day: number, at: LocalMinute): number {
  const last = daysIn(at);
  const wanted = Math.min(day, last);
  const weekday = new Date(Date.UTC(at.year, at.month - 1, wanted)).getUTCDay();
  if (weekday === 6) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === 0) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}

function daysIn({ year, month }: LocalMinute): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function numberOf(text: string, { min, max, names }: Field): number | undefined {
  const at = names !== undefined && text.length === 3 ? names.indexOf(text) : -1;
  const value = at >= 0 && at % 3 === 0 ? at / 3 + min : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}
