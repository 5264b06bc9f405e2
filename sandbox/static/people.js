// Who can be played: the people that the club knows, and a stranger.

import { make } from "./dom.js";
import { put } from "./http.js";
import { language, say } from "./texts.js";

const STRANGER = { name: say("stranger"), phone: "+48500000000", chat_id: null };
const firstName = (person) => person.name.split(" ")[0];

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

  /** Play somebody else; nothing happens if nobody has that key. */
  choose(key) {
    if (this.select.value === String(key) || !this.#known(String(key))) return;
    this.select.value = String(key);
    sessionStorage.setItem(this.name, this.select.value);
    this.changed();
  }

  offer(people) {
    const all = [...together(people.filter((person) => person.phone), this.keyOf), STRANGER];
    const shape = JSON.stringify(all);
    if (shape === this.shape) return;
    this.shape = shape;
    const before = this.select.value || sessionStorage.getItem(this.name);
    this.people = all;
    this.select.replaceChildren(...this.#options(all));
    const preferred = this.#known(before) && before !== String(this.keyOf(STRANGER)) ? before : this.#default();
    this.select.value = preferred;
    this.changed();
  }

  /** The staff stand in a group of their own. */
  #options(people) {
    const build = (person) => option(person, this.keyOf(person));
    const staff = people.filter((person) => person.staff).map(build);
    const group = staff.length ? [make("optgroup", { label: say("staff") }, ...staff)] : [];
    return [...people.filter((person) => !person.staff).map(build), ...group];
  }

  #known(key) {
    return this.people.some((person) => String(this.keyOf(person)) === key);
  }

  #default() {
    const wanted = this.people[Math.min(this.first, this.people.length - 1)];
    return String(this.keyOf(wanted));
  }
}

/** One entry a phone or a chat; who share one are named together. */
function together(people, keyOf) {
  const sharing = new Map();
  for (const person of people) sharing.set(keyOf(person), [...(sharing.get(keyOf(person)) ?? []), person]);
  return [...sharing.values()].map((all) => (all.length === 1 ? all[0] : shared(all)));
}

function shared(all) {
  const name = all.map(firstName).join(` ${say("and")} `);
  return { ...all[0], name, note: { [language]: say("shared_phone") } };
}

function option(person, key) {
  const note = person.note?.[language];
  return make("option", { value: String(key) }, note ? `${person.name} – ${note}` : person.name);
}

/** Tells the sandbox who owns a Telegram account, so that the bot sees a name and a language. */
export function introduce(person) {
  const known = { first_name: firstName(person), phone: person.phone, language_code: person.language ?? "pl" };
  return put(`chats/${accountOf(person)}`, known);
}
