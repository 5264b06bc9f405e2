// Days and times as people say them, in the club's time zone.

import { language, say } from "./texts.js";

const timeZone = document.documentElement.dataset.zone;
const locale = language === "en" ? "en-GB" : language;
const format = (options) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
const LONG = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const SHORT = format({ weekday: "short", day: "numeric", month: "numeric" });
const TIME = format({ hour: "numeric", minute: "2-digit", hour12: false });

const parts = (formatter, at) =>
  Object.fromEntries(formatter.formatToParts(at).map((part) => [part.type, part.value]));

/** "środa 14 października"; with the year "środa 14 października 2026". */
export function day(at, { year = false } = {}) {
  const said = parts(LONG, at);
  return [said.weekday, said.day, said.month, year ? said.year : ""].join(" ").trim();
}

/** "śr. 14.10" */
export function shortDay(at) {
  const said = parts(SHORT, at);
  return `${said.weekday.replace(/\.$/, "")} ${said.day}.${said.month.padStart(2, "0")}`;
}

/** "9:00" */
export const time = (at) => TIME.format(at).replace(/^0(\d)/, "$1");

/** "środa 14 października, godz. 10:00" */
export const moment = (at) => `${day(at)}, ${say("at", { time: time(at) })}`;
