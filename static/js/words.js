// Numbers and dates in words, in the page's language. Texts come from the page (data-* and #words), so that they are translated there.

// Plain "en" would be read as American: the pages write the day before the month.
const language = { en: "en-GB" }[document.documentElement.lang] ?? (document.documentElement.lang || "en-GB");
const DAY = { day: "numeric", month: "short", year: "numeric" };
const made = new Map();

// Making one takes milliseconds: each is made when it is first used.
function format(name, options) {
  if (!made.has(name)) made.set(name, new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }));
  return made.get(name);
}

let whole = null;

/** 12345 → "12,345". */
export function figure(number) {
  whole ??= new Intl.NumberFormat(language);
  return whole.format(number);
}

/** A number short enough for a donut: exact below 10,000, then "12k", "1.2M". */
export function short(number) {
  if (number < 10_000) return String(number);
  if (number < 999_500) return `${Math.round(number / 1000)}k`;
  return `${(number / 1_000_000).toFixed(number < 9_950_000 ? 1 : 0)}M`;
}

export const dates = {
  day: (time) => format("day", DAY).format(time),
  dayShort: (time) => format("dayShort", { ...DAY, year: undefined }).format(time),
  month: (time) => format("month", { month: "short" }).format(time),
  monthYear: (time) => format("monthYear", { ...DAY, day: undefined }).format(time),
  year: (time) => format("year", { year: "numeric" }).format(time),
};

/** A time of day by the reader's clock, "14:36"; now unless told otherwise. */
export function clock(date = new Date()) {
  return date.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
}

/** The name of a bin. */
export function binName(time, unit) {
  if (unit === "decade") return say("decade", { year: dates.year(time) });
  if (unit === "year") return dates.year(time);
  if (unit === "month") return dates.monthYear(time);
  if (unit === "hour") return `${dates.day(time)}, ${new Date(time).toISOString().slice(11, 16)}`;
  return dates.day(time);
}

let texts = null;

/** A text of the page by its key, with {names} filled in. */
export function say(key, values = {}) {
  texts ??= JSON.parse(document.getElementById("words")?.textContent ?? "{}");
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole_, name) => (name in values ? String(values[name]) : whole_));
}
