// The list of things to try: it ticks itself from what really happened, and can show each.

import { find, make } from "./dom.js";
import { happened } from "./happened.js";
import { read } from "./http.js";
import { say } from "./texts.js";

const KEPT = "tries";

export class Tries {
  /** `shows` does the things for whoever asks to be shown; `journal` is what the providers took. */
  constructor(section, { shows, journal, begun }) {
    Object.assign(this, { section, shows, journal });
    this.items = [...section.querySelectorAll("[data-try]")];
    this.notice = find("[data-tries-notice]", section);
    for (const item of this.items) {
      find("button", item).addEventListener("click", () => this.#show(item.dataset.try));
    }
    this.begin(begun);
  }

  /** A world that begun at another time has seen nothing yet. */
  begin(begun) {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    this.begun = begun;
    this.done = new Set(kept.begun === begun ? kept.done : []);
    this.journal.forget();
    this.notice.textContent = say("tries_lead");
    this.#draw();
  }

  async look(state) {
    if (!state || this.done.size === this.items.length) return;
    const begun = this.begun;
    const [entries, chats] = [await this.journal.readOn(), await read("chats")];
    const fresh = happened({ entries, state, chats }).filter((name) => !this.done.has(name));
    if (!fresh.length || begun !== this.begun) return;
    for (const name of fresh) this.done.add(name);
    sessionStorage.setItem(KEPT, JSON.stringify({ begun, done: [...this.done] }));
    this.#draw();
    this.notice.textContent = fresh.map((name) => say(`try_${name}_done`)).join(" ");
  }

  #draw() {
    for (const item of this.items) {
      const done = this.done.has(item.dataset.try);
      item.classList.toggle("done", done);
      const place = String(this.items.indexOf(item) + 1);
      const said = done ? [make("span", { ariaHidden: "true" }, "✓"), make("span", { className: "quiet" }, say("try_done"))] : [place];
      find("[data-tick]", item).replaceChildren(...said);
    }
    find("[data-tries-count]", this.section).textContent = say("tries_count", { n: this.done.size, all: this.items.length });
  }

  async #show(name) {
    if (this.showing) return;
    this.#hold(name);
    try {
      await this.shows[name]();
    } catch (error) {
      this.notice.textContent = error.message;
    }
    this.#hold("");
  }

  /** While one is shown the others wait; the pressed button keeps the focus. */
  #hold(name) {
    this.showing = name;
    if (name) this.notice.textContent = say(`try_${name}_now`);
    for (const item of this.items) find("button", item).ariaDisabled = String(Boolean(name));
  }
}
