// The movable clock: shows the day and the time in words, and sends the clock ahead.

import { day, moment, time } from "./days.js";
import { find, make } from "./dom.js";
import { post } from "./http.js";
import { language, say } from "./texts.js";

const section = find("#clock");
const [dayPlace, timePlace] = [find("[data-day]", section), find("[data-time]", section)];
const [going, jumps] = [find("[data-going]", section), find("[data-jumps]", section)];
const HOUR = 3_600_000;
const OWN_JUMPS = [
  { label: { pl: say("hour_later"), en: say("hour_later") }, after: HOUR },
  { label: { pl: say("day_later"), en: say("day_later") }, after: 24 * HOUR },
];

let ahead = 0; // milliseconds that the clock is before this machine's
let walking = false;

export const now = () => new Date(Date.now() + ahead);

/** What the sandbox says of its clock. */
export function set(state) {
  ahead = state.offset_seconds * 1000;
  walking = Boolean(state.asked);
  going.textContent = walking ? say("clock_walking", { when: moment(new Date(state.asked)) }) : "";
  for (const button of jumps.children) button.ariaDisabled = String(walking); // still holds the focus
  tick();
}

function tick() {
  const at = now();
  write(dayPlace, day(at, { year: true }));
  write(timePlace, say("at", { time: time(at) }));
}

function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** The jumps that the club proposes; without any, an hour and a day. */
export function offer(proposed) {
  const offered = proposed?.length ? proposed : OWN_JUMPS;
  const shape = JSON.stringify(offered);
  if (jumps.dataset.shape === shape) return;
  jumps.dataset.shape = shape;
  jumps.replaceChildren(...offered.map(button));
}

function button(jump) {
  const to = () => (jump.to ? new Date(jump.to) : new Date(now().getTime() + jump.after));
  const title = jump.to ? moment(to()) : null;
  return make("button", { type: "button", ariaDisabled: String(walking), title, onclick: () => walking || ask(to()) }, jump.label[language]);
}

async function ask(to) {
  try {
    set(await post("clock", { to: to.toISOString() }));
  } catch (error) {
    going.textContent = to <= now() ? say("clock_refused") : say("refused", { why: error.message });
  }
}

setInterval(tick, 1000);
