// Time arithmetic of the timeline, in UTC days. Pure. Times are milliseconds since 1970.

export const DAY = 86_400_000;
const HOUR = DAY / 24;
export const UNITS = ["hour", "day", "week", "month", "year", "decade"];
const TYPICAL = { hour: 1 / 24, day: 1, week: 7, month: 30.4, year: 365.25, decade: 3652.5 };
const CLOSEST = 1; // day
const WIDE = 4; // hours are worth it only where they are this much wider than other bins: most incidents are known to the day

/** Milliseconds of an ISO day ("2022-01-20"); NaN for anything else. */
export function parseDay(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text ?? "") ? Date.parse(`${text}T00:00:00Z`) : NaN;
}

/** The first or, with `end`, the last day of what the filter calls a day, a month or a year ("2022-01"); NaN for anything else. */
export function parsePeriod(text, end = false) {
  const match = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text?.trim() ?? "");
  if (!match) return NaN;
  const [year, month, day] = match.slice(1).map((part) => (part ? Number(part) : null));
  if (day) return parseDay([year, month, day].map((part, index) => String(part).padStart(index ? 2 : 4, "0")).join("-"));
  if (!end) return Date.UTC(year, (month ?? 1) - 1, 1);
  return Date.UTC(month ? year : year + 1, month ?? 0, 1) - DAY;
}

/** Milliseconds of the start of a bin as the server says it: a day, or a day and an hour. */
export function parseStart(text) {
  return text.includes("T") ? Date.parse(`${text.slice(0, 16)}Z`) : parseDay(text);
}

/** The ISO day of a time. */
export function isoDay(time) {
  return new Date(time).toISOString().slice(0, 10);
}

/** The start of the unit a time lies in; weeks start on Monday. */
export function floor(time, unit) {
  if (unit === "hour") return Math.floor(time / HOUR) * HOUR;
  const at = new Date(time);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  if (unit === "decade") return Date.UTC(Math.floor(year / 10) * 10, 0, 1);
  if (unit === "year") return Date.UTC(year, 0, 1);
  if (unit === "month") return Date.UTC(year, month, 1);
  const midnight = Date.UTC(year, month, day);
  return unit === "week" ? midnight - ((at.getUTCDay() + 6) % 7) * DAY : midnight;
}

/** The start of the unit `count` units on (or back). Expects the start of a unit. */
export function step(time, unit, count = 1) {
  const at = new Date(time);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  if (unit === "decade") return Date.UTC(year + 10 * count, 0, 1);
  if (unit === "year") return Date.UTC(year + count, 0, 1);
  if (unit === "month") return Date.UTC(year, month + count, 1);
  return time + count * (unit === "hour" ? HOUR : DAY) * (unit === "week" ? 7 : 1);
}

/** The finest unit whose bins stay at least `least` pixels wide. */
export function fittingUnit(from, to, width, least = 6) {
  const days = (to - from) / DAY;
  return UNITS.find((unit) => (width / days) * TYPICAL[unit] >= least * (unit === "hour" ? WIDE : 1)) ?? "decade";
}

/** Functions from time to x and back. */
export function scale(from, to, left, right) {
  const factor = (right - left) / (to - from);
  return { from, to, x: (time) => left + (time - from) * factor, time: (x) => from + (x - left) / factor, factor };
}

/** A stretch zoomed by a factor around a time, within limits of some days and four centuries. */
export function zoomed(from, to, around, factor) {
  const span = Math.min(Math.max((to - from) * factor, CLOSEST * DAY), 400 * 365 * DAY);
  const share = (around - from) / (to - from);
  const start = around - span * share;
  return [start, start + span];
}

/** Where the axis is marked: `{time, unit, major}`, one major unit with as many minor ones as fit. */
export function ticks(from, to, width) {
  const days = (to - from) / DAY;
  const [major, minor, every] = tickUnits(days, width);
  const marks = [];
  for (let at = floor(from, major); at < to; at = step(at, major, every)) marks.push({ time: at, unit: major, major: true });
  if (minor) {
    for (let at = floor(from, minor); at < to; at = step(at, minor)) {
      if (at >= from && floor(at, major) !== at) marks.push({ time: at, unit: minor, major: false });
    }
  }
  return marks;
}

function tickUnits(days, width) {
  const perDay = width / days;
  if (perDay >= 44) return ["day", perDay >= 24 * 6 ? "hour" : null, 1];
  if (perDay * 30 >= 60) return ["month", perDay >= 9 ? "day" : "week", 1];
  if (perDay * 365 >= 45) return ["year", perDay * 30 >= 6 ? "month" : null, 1];
  const years = [2, 5, 10, 20, 50, 100].find((count) => perDay * 365 * count >= 45) ?? 200;
  return ["year", null, years];
}

/** Values for the vertical axis: round, at most `most` of them, never 0. */
export function heights(top, most = 3) {
  if (top <= 0) return [];
  const raw = top / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const size = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw));
  const marks = [];
  for (let at = size; at <= top; at += size) marks.push(at);
  return marks;
}

/** Lay stretches `{from, to}` into lanes so that none overlap, the first come first; -1 where none of `most` lanes is free. */
export function lanes(stretches, gap, most) {
  const taken = Array.from({ length: most }, () => []);
  return stretches.map(({ from, to }) => {
    const lane = taken.findIndex((others) => others.every((other) => to + gap <= other.from || other.to + gap <= from));
    if (lane >= 0) taken[lane].push({ from, to });
    return lane;
  });
}
