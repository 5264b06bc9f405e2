// Puts the page together: phones, chat, clock and office, and the stream of changes that moves them.

import { Chat } from "./chat.js";
import * as clock from "./clock.js";
import { find } from "./dom.js";
import { Handset } from "./handset.js";
import { listen, post, postClub, read } from "./http.js";
import { Journal } from "./journal.js";
import { Office } from "./office.js";
import { Shows } from "./shows.js";
import { say } from "./texts.js";
import { Tries } from "./tries.js";
import { Troubles } from "./troubles.js";

const world = await read("world");
clock.set(world.clock);
clock.offer([]);

const handsets = [new Handset(find("#first"), 0), new Handset(find("#second"), 2)];
const chat = new Chat(find("#telegram"));
const troubles = new Troubles(find("#trouble"));
const journal = new Journal(0);
const office = new Office(find("main"), follow);
const shows = new Shows({ handsets, chat, office, journal });
const tries = new Tries(find("#tries"), { shows, journal, begun: world.begun });
let known = []; // the people, as the club last told
await office.show();

/** What the club tells: who there is to play, where the clock can go, where its panel is. */
function follow(state) {
  clock.offer(state?.jumps);
  if (state?.panel_url) find("[data-panel]").href = state.panel_url;
  known = state?.people ?? known;
  for (const phone of [...handsets, chat]) phone.choice.offer(known);
  tries.look(state).catch(() => {}); // it looks again at the next change
}

function hear(change) {
  if (change.kind === "clock") clock.set(change);
  if (change.kind === "reset") read("world").then((fresh) => tries.begin(fresh.begun), () => {});
  for (const part of [...handsets, chat, troubles]) part.hears(change);
  office.refresh();
}

const banner = find("[data-banner]");
listen(world.news, hear, async (open) => {
  if (open && !banner.hidden) {
    clock.set(await read("clock"));
    hear({ kind: "reset" }); // whatever came meanwhile, it is all read again
  }
  banner.hidden = open;
});

const startOver = find("[data-start-over]");
startOver.addEventListener("click", async () => {
  startOver.disabled = true;
  startOver.textContent = say("starting_over");
  try {
    await postClub("/demo/reset");
  } catch {
    await post("reset"); // without a club the sandbox starts over by itself
  }
  startOver.disabled = false;
  startOver.textContent = say("start_over");
  startOver.focus();
});
