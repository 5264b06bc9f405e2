// Switches for what may go wrong at the providers; each is an order for trouble that stands until it is lifted.

import { soon } from "./dom.js";
import { post, read, remove } from "./http.js";

const ORDERS = {
  blocked: { provider: "telegram", kind: "blocked" },
  silent: { provider: "twilio", kind: "drop_before", method: "*" },
  lost: { provider: "twilio", kind: "drop_after" },
  late: { provider: "twilio", kind: "late", seconds: 30 },
};

export class Troubles {
  constructor(section) {
    this.switches = [...section.querySelectorAll("[data-trouble]")];
    this.refresh = soon(() => this.#show());
    for (const one of this.switches) one.addEventListener("change", () => this.#turn(one));
    this.refresh();
  }

  hears(change) {
    if (change.kind === "trouble" || change.kind === "reset") this.refresh();
  }

  async #turn(one) {
    const order = ORDERS[one.dataset.trouble];
    if (one.checked) await post("trouble", { ...order, calls: null });
    else for (const { id } of (await read("trouble")).filter(is(order))) await remove(`trouble?id=${id}`);
  }

  async #show() {
    const standing = await read("trouble");
    for (const one of this.switches) one.checked = standing.some(is(ORDERS[one.dataset.trouble]));
  }
}

const is = (order) => (trouble) =>
  trouble.provider === order.provider && trouble.kind === order.kind && trouble.calls === null && !trouble.to;
