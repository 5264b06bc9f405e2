// What of the things to try has really happened, read off the providers' traffic and what the club shows of itself.

import { farEnd } from "./journal.js";

const UNASKED = ["reminder", "health"];
const TAKEN = ["sent", "delivered"];
const RACE_SECONDS = 5;

/**
 * The names of the things that have happened.
 *
 * `entries` are the providers' messages in order, `state` is what the club shows, `chats` are Telegram's.
 */
export function happened({ entries, state, chats }) {
  const found = { book: booked, remind: reminded, answer: answered, race: raced, lose: lost, desk: staffed };
  return Object.keys(found).filter((name) => found[name]({ entries, state, chats }));
}

const unaskedRows = (state) => state.ledger.filter((row) => UNASKED.includes(row.purpose) && TAKEN.includes(row.status));

function booked({ state }) {
  const begun = new Set(state.begun_with ?? []);
  return state.agenda.some((visit) => !begun.has(visit.id) && ["booked", "confirmed"].includes(visit.status));
}

const reminded = ({ state }) => unaskedRows(state).length > 0;

/** The message in which a row of the ledger left, among the providers' own. */
export function messageOf(row, entries) {
  const sids = row.attempts.map((attempt) => attempt.provider_id);
  return entries.findLast((entry) => entry.direction === "out" && sids.includes(entry.sid));
}

const after = (entries, one, direction) =>
  entries.find((entry) => entry.n > one.n && entry.direction === direction && farEnd(entry) === farEnd(one));

/** Somebody wrote or pressed after a reminder, and was answered. */
function answered({ entries, state }) {
  return unaskedRows(state).some((row) => {
    const reminder = messageOf(row, entries);
    const reply = reminder && after(entries, reminder, "in");
    return Boolean(reply && after(entries, reply, "out"));
  });
}

/** Two phones sent the same digit to the same list at once, and were answered differently. */
function raced({ entries }) {
  const digits = entries.filter((entry) => entry.direction === "in" && /^\d$/.test(entry.body.trim()));
  return digits.some((one, place) =>
    digits.slice(place + 1).some((other) => {
      const apart = farEnd(one) !== farEnd(other) && other.at - one.at <= RACE_SECONDS;
      return apart && one.body === other.body && sameList(entries, one, other) && answersDiffer(entries, one, other);
    }),
  );
}

const sameList = (entries, one, other) => listBefore(entries, one) === listBefore(entries, other);

const listBefore = (entries, one) =>
  entries.findLast((entry) => entry.n < one.n && entry.direction === "out" && farEnd(entry) === farEnd(one))?.body;

function answersDiffer(entries, ...digits) {
  const [one, other] = digits.map((digit) => after(entries, digit, "out")?.body);
  return Boolean(one && other && one !== other);
}

/** A message that Telegram would not bring came by SMS. */
function lost({ state, chats }) {
  const blocked = new Set(chats.filter((chat) => chat.blocked).map((chat) => chat.id));
  const blockers = new Set(state.people.filter((person) => blocked.has(person.chat_id)).map((person) => person.id));
  return state.ledger.some((row) => {
    const last = row.attempts.at(-1);
    if (last?.channel !== "sms" || !TAKEN.includes(row.status)) return false;
    const refused = row.attempts.some((attempt) => attempt.channel === "telegram" && attempt.status === "failed");
    return refused || (row.purpose !== "reply" && blockers.has(row.person_id));
  });
}

/** Somebody of the staff gave a command in a linked chat, and was answered. */
function staffed({ entries, state }) {
  const theirs = new Set(state.people.filter((person) => person.staff && person.linked).map((person) => String(person.chat_id)));
  const asked = entries.filter((one) => one.direction === "in" && theirs.has(farEnd(one)) && one.body.startsWith("/"));
  return asked.some((one) => after(entries, one, "out"));
}
