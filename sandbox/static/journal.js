// The messages that both providers took, in order, read on as they come.

import { read } from "./http.js";

const WAIT_SECONDS = 20;

export class Journal {
  constructor(after) {
    this.entries = [];
    this.last = after;
  }

  forget() {
    this.entries = [];
  }

  async readOn() {
    const fresh = (await read(`messages?after=${this.last}`)).filter((entry) => entry.n > this.last);
    this.entries.push(...fresh);
    this.last = this.entries.at(-1)?.n ?? this.last;
    return this.entries;
  }
}

/** The next message to a phone or a chat after number `n`, once it has come; none if it does not come in time. */
export async function nextTo(person, n) {
  const [first] = await read(`messages?to=${encodeURIComponent(person)}&after=${n}&wait=${WAIT_SECONDS}`);
  return first;
}

/** Who is at the far end: a phone number, or the id of a chat. */
export const farEnd = (entry) => (entry.direction === "out" ? entry.to : entry.from);
