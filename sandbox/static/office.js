// What the club shows of itself: the agenda and the ledger, live beside the phones.

import { shortDay, time } from "./days.js";
import { find, make, renew, soon } from "./dom.js";
import { readClub } from "./http.js";
import { language, say } from "./texts.js";

const EVERY_MILLISECONDS = 5000;

export class Office {
  constructor(section, told) {
    this.section = section;
    this.told = told;
    this.refresh = soon(() => this.show(), 400);
    setInterval(() => document.hidden || this.show(), EVERY_MILLISECONDS);
  }

  async show() {
    try {
      const state = await readClub("/demo/state");
      this.state = state;
      this.names = new Map((state.agenda ?? []).map((visit) => [visit.person_id, visit.person]));
      for (const person of state.people ?? []) if (person.id) this.names.set(person.id, person.name);
      this.#away(false);
      this.#fill("agenda", state.agenda ?? [], (visit) => this.#visit(visit));
      this.#fill("todos", state.todos ?? [], todo);
      this.#fill("ledger", state.ledger ?? [], (row) => this.#row(row));
      this.told(state);
    } catch {
      this.state = null;
      this.#away(true);
      this.told(null);
    }
  }

  #away(away) {
    find("[data-away]", this.section).hidden = !away;
    for (const part of this.section.querySelectorAll("[data-of-club]")) part.hidden = away;
  }

  #fill(name, rows, build) {
    const table = find(`[data-${name}]`, this.section);
    table.hidden = !rows.length;
    find(`[data-${name}-empty]`, this.section).hidden = rows.length > 0;
    renew(find("tbody", table), rows, (row) => row.id, build);
  }

  #visit(visit) {
    const what = [visit.service_name?.[language] ?? visit.service, place(visit), visit.specialist].filter(Boolean).join(", ");
    const slip = visit.slip_url && make("a", { className: "slip", href: visit.slip_url, target: "_blank" }, say("slip"));
    const who = make("td", {}, make("b", {}, visit.person), make("br"), what, slip || "");
    const gone = ["given_back", "missed", "refused_no_mask"].includes(visit.status);
    return make("tr", { className: gone ? "gone" : "" }, when(visit.starts_at, say(`visit_${visit.status}`)), who);
  }

  #row(row) {
    const to = [this.names.get(row.person_id), say(`purpose_${row.purpose}`)].filter(Boolean).join(", ");
    const what = make("td", {}, make("b", {}, to), make("br"), row.text ?? say("ledger_gone"));
    const gone = ["expired", "withdrawn", "failed"].includes(row.status);
    // Its own time, not an attempt's: those are real time, which the clock above does not move.
    return make("tr", { className: gone ? "gone" : "" }, when(row.send_after, say(`row_${row.status}`)), what);
  }
}

function todo(one) {
  const state = [one.urgent ? say("todo_urgent") : "", one.taken ? say("todo_taken") : ""].filter(Boolean);
  const due = one.due_at ? when(one.due_at, state.join(", ")) : make("td", { className: "whole" }, state.join(", "));
  return make("tr", {}, due, make("td", {}, one.text[language] ?? one.text.pl));
}

function when(iso, state) {
  const at = new Date(iso);
  return make("td", { className: "figures whole" }, `${shortDay(at)}, ${time(at)}`, make("br"), state);
}

function place(visit) {
  if (visit.mode === "phone") return say("by_phone");
  if (visit.mode === "remote") return say("remote");
  return visit.room ? say("room", { room: visit.room }) : "";
}
