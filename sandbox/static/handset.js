// A phone with keys: what it shows, and the SMS typed on it.

import { day, time } from "./days.js";
import { find, follow, make, renew, soon } from "./dom.js";
import { post, read } from "./http.js";
import { keypad } from "./keypad.js";
import { menu } from "./menu.js";
import { Choice } from "./people.js";
import { language, say, sayParts } from "./texts.js";

export class Handset {
  constructor(section, first) {
    this.list = find("[data-bubbles]", section);
    this.log = find("[data-log]", section);
    this.empty = find("[data-empty]", section);
    this.notice = find("[data-notice]", section);
    this.form = find("[data-compose]", section);
    this.input = find("input", this.form);
    this.refresh = soon(() => this.#show());
    this.choice = new Choice(find("[data-person]", section), {
      name: section.id,
      first,
      keyOf: (person) => person.phone,
      changed: this.refresh,
    });
    this.form.addEventListener("submit", (event) => this.#send(event));
    this.closeMenu = menu(find("[data-menu]", section));
    section.addEventListener("click", (event) => this.#tap(event.target.closest("[data-sample]")));
    find("[data-call]", section).addEventListener("click", () => this.#call());
    keypad(find("[data-keypad]", section), this.input);
  }

  get phone() {
    return this.choice.person.phone;
  }

  hears(change) {
    if (change.kind === "reset" || (change.kind === "sms" && change.phone === this.phone)) this.refresh();
  }

  /** A sample is sent as it stands. */
  async #tap(sample) {
    if (!sample) return;
    this.closeMenu();
    this.input.focus({ preventScroll: true });
    await this.#type(sample.dataset.sample);
  }

  /** Rings the club, and writes down what is heard. */
  async #call() {
    this.closeMenu();
    this.input.focus({ preventScroll: true });
    try {
      const { heard } = await post(`phones/${encodeURIComponent(this.phone)}/call`);
      this.notice.textContent = heard.map(({ kind, text }) => say(`call_${kind}`, { text })).join(" ");
    } catch (error) {
      this.notice.textContent = say("refused", { why: error.message });
    }
  }

  async #send(event) {
    event.preventDefault();
    const text = this.input.value;
    if (!text.trim()) return this.input.focus();
    this.input.value = "";
    if (!(await this.#type(text))) this.input.value = text;
  }

  async #type(text) {
    try {
      return await post(`phones/${encodeURIComponent(this.phone)}/sms`, { text });
    } catch (error) {
      this.notice.textContent = say("refused", { why: error.message });
    }
  }

  async #show() {
    const phone = this.phone;
    const shown = await read(`phones/${encodeURIComponent(phone)}`);
    if (phone !== this.phone) return;
    this.notice.textContent = shown.opted_out ? say("opted_out") : "";
    this.empty.hidden = shown.messages.length > 0;
    this.log.hidden = !shown.messages.length;
    this.list.lang = this.choice.person.language ?? "pl";
    follow(this.log, () => renew(this.list, withDays(shown.messages), (item) => item.sid ?? item.day, build));
  }
}

/** Puts the day between messages of different days, as phones do. */
export function withDays(messages) {
  let before = "";
  return messages.flatMap((message) => {
    const said = day(new Date(message.seen_at));
    const heading = said === before ? [] : [{ day: said }];
    before = said;
    return [...heading, message];
  });
}

export const dayLine = (said) => make("li", { className: "day", lang: language }, said);

function build(message) {
  if (message.day) return dayLine(message.day);
  const who = make("span", { className: "quiet", lang: language }, `${say(message.mine ? "you" : "club")}: `);
  const text = make("p", {}, who, message.text);
  return make("li", { className: message.mine ? "bubble mine" : "bubble" }, text, foot(message));
}

function foot(message) {
  const lost = ["undelivered", "failed"].includes(message.status);
  const state = message.mine ? taken(message) : say(`sms_${message.status}`);
  const code = message.error_code ? String(message.error_code) : "";
  const said = [time(new Date(message.seen_at)), sayParts(message.parts), state, code].filter(Boolean);
  return line(said, lost || (message.mine && state));
}

/** Small facts below a message, side by side as far as there is room. */
export function line(said, lost = false) {
  return make("p", { className: lost ? "foot lost" : "foot", lang: language }, ...said.flatMap((word) => [make("span", {}, word), " "]));
}

/** Whether the club took what was typed; nothing while it is still at it, or when all is well. */
function taken(message) {
  const well = message.webhook === null || (message.webhook >= 200 && message.webhook < 300);
  return well ? "" : say("not_taken");
}
