// Does the things to try on the phones of the page, as a person would, one message after the other.

import { now } from "./clock.js";
import { messageOf } from "./happened.js";
import { post } from "./http.js";
import { farEnd, nextTo } from "./journal.js";
import { accountOf } from "./people.js";
import { say } from "./texts.js";

const UNASKED = ["reminder", "health"];
const PAUSE_MILLISECONDS = 900; // so that one can follow

const pause = () => new Promise((done) => setTimeout(done, PAUSE_MILLISECONDS));
const write = (phone, text) => post(`phones/${encodeURIComponent(phone)}/sms`, { text });

export class Shows {
  constructor({ handsets, chat, office, journal }) {
    Object.assign(this, { handsets, chat, office, journal });
  }

  book = async () => {
    const [person] = this.#texters(1);
    this.handsets[0].choice.choose(person.phone);
    await this.#ask(person.phone, "psycholog");
    await pause();
    await write(person.phone, "1");
  };

  remind = async () => {
    const row = this.#waiting()[0];
    if (!row) throw new Error(say("show_none_waiting"));
    this.#bringUp(this.#person(row));
    await this.#jumpTo(row);
  };

  answer = async () => {
    const [reminder] = this.#unanswered();
    if (!reminder) await this.remind();
    const message = reminder ?? (await this.#soonUnanswered());
    if (!message) throw new Error(say("show_none_asked"));
    this.#bringUp(this.#owner(message));
    await pause();
    await this.#yes(message);
  };

  race = async () => {
    const phones = this.#texters(2).map((person) => person.phone);
    phones.forEach((phone, place) => this.handsets[place].choice.choose(phone));
    await Promise.all(phones.map((phone) => this.#ask(phone, "doradca")));
    await pause();
    await Promise.all(phones.map((phone) => write(phone, "1")));
  };

  lose = async () => {
    const linked = new Set(this.#people().filter((person) => person.linked && !person.staff).map((person) => person.id));
    const row = this.#waiting().find((waiting) => linked.has(waiting.person_id));
    if (!row) throw new Error(say("show_none_by_telegram"));
    const person = this.#person(row);
    this.#bringUp(person);
    await pause();
    await post(`chats/${accountOf(person)}/block`);
    await pause();
    await this.#jumpTo(row);
  };

  desk = async () => {
    const person = this.#people().find((one) => one.staff && one.linked);
    if (!person) throw new Error(say("show_nobody"));
    this.#bringUp(person);
    await pause();
    await post(`chats/${accountOf(person)}/text`, { text: "/jutro" });
  };

  #people() {
    return this.office.state?.people ?? [];
  }

  #person(row) {
    return this.#people().find((person) => person.id === row.person_id);
  }

  #owner(message) {
    const isOwner = (person) => person.phone === farEnd(message) || String(person.chat_id) === farEnd(message);
    return this.#people().find(isOwner);
  }

  /** Those who text in Polish, each with a phone of their own; who has fewest visits comes first. */
  #texters(count) {
    const count_of = (id) => this.office.state.agenda.filter((visit) => visit.person_id === id).length;
    const alone = (one) => this.#people().filter((other) => other.phone === one.phone).length === 1;
    const able = this.#people().filter(
      (person) => person.phone && !person.staff && !person.linked && person.language === "pl" && alone(person),
    );
    if (able.length < count) throw new Error(say("show_nobody"));
    return able.sort((one, other) => count_of(one.id) - count_of(other.id)).slice(0, count);
  }

  /** Reminders that are still to go, the next one first. */
  #waiting() {
    const rows = this.office.state?.ledger ?? [];
    const waits = (row) => row.status === "waiting" && UNASKED.includes(row.purpose) && this.#person(row)?.phone;
    return rows.filter(waits).sort((one, other) => one.send_after.localeCompare(other.send_after));
  }

  /** Messages to those who can be played here. */
  #unanswered() {
    const { entries } = this.journal;
    const playable = (row) => UNASKED.includes(row.purpose) && this.#person(row);
    const rows = (this.office.state?.ledger ?? []).filter(playable);
    const messages = rows.map((row) => messageOf(row, entries)).filter(Boolean);
    const replied = (message) =>
      entries.some((entry) => entry.n > message.n && entry.direction === "in" && farEnd(entry) === farEnd(message));
    return messages.filter((message) => !replied(message));
  }

  async #soonUnanswered() {
    for (let tries = 0; tries < 12; tries += 1) {
      await pause();
      await this.office.show();
      await this.journal.readOn();
      const [message] = this.#unanswered();
      if (message) return message;
    }
    return null;
  }

  /** Their chat and their phone are to be seen, wherever the message may come. */
  #bringUp(person) {
    if (person.linked) this.chat.choice.choose(accountOf(person));
    if (!this.handsets.some((handset) => handset.phone === person.phone)) this.handsets[1].choice.choose(person.phone);
  }

  async #jumpTo(row) {
    if (new Date(row.send_after) > now()) await post("clock", { to: row.send_after });
  }

  async #ask(phone, text) {
    await this.journal.readOn();
    const before = this.journal.last;
    await write(phone, text);
    await nextTo(phone, before);
  }

  async #yes(message) {
    const [[button] = []] = message.buttons ?? [];
    if (message.provider === "twilio" || !button) return write(farEnd(message), "TAK");
    return post(`chats/${farEnd(message)}/press`, { message_id: Number(message.sid), data: button.callback_data });
  }
}
