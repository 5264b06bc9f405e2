// Who can be played: the people that the club knows, and a stranger.

import { make } from "./dom.js";
import { put } from "./http.js";
import { language, say } from "./texts.js";

const STRANGER = { name: say("stranger"), phone: "+48500000000", chat_id: null };

/** Everybody's Telegram account has an id of its own; whose is not known yet gets one made of the phone number. */
export const accountOf = (person) => person.chat_id ?? Number(person.phone.replace(/\D/g, ""));

/** A select of people that remembers its choice while the tab is open. */
export class Choice {
  constructor(select, { name, first, keyOf, changed }) {
    Object.assign(this, { select, name, first, keyOf, changed, people: [STRANGER] });
    select.addEventListener("change", () => {
      sessionStorage.setItem(this.name, select.value);
      this.changed();
    });
  }

  get person() {
    return this.people.find((person) => String(this.keyOf(person)) === this.select.value) ?? this.people[0];
  }

  offer(people) {
    const all = [...unique(people.filter((person) => person.phone), this.keyOf), STRANGER];
    const shape = JSON.stringify(all);
    if (shape === this.shape) return;
    this.shape = shape;
    const before = this.select.value || sessionStorage.getItem(this.name);
    this.people = all;
    this.select.replaceChildren(...all.map((person) => option(person, this.keyOf(person))));
    const preferred = this.#known(before) && before !== String(this.keyOf(STRANGER)) ? before : this.#default();
    this.select.value = preferred;
    this.changed();
  }

  #known(key) {
    return this.people.some((person) => String(this.keyOf(person)) === key);
  }

  #default() {
    const wanted = this.people[Math.min(this.first, this.people.length - 1)];
    return String(this.keyOf(wanted));
  }
}

function unique(people, keyOf) {
  return [...new Map(people.map((person) => [keyOf(person), person])).values()];
}

function option(person, key) {
  const note = person.note?.[language];
  return make("option", { value: String(key) }, note ? `${person.name} – ${note}` : person.name);
}

/** Tells the sandbox who owns a Telegram account, so that the bot sees a name and a language. */
export function introduce(person) {
  const [first_name] = person.name.split(" ");
  const known = { first_name, phone: person.phone, language_code: person.language ?? "pl" };
  return put(`chats/${accountOf(person)}`, known);
}
