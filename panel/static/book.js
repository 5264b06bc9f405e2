// Booking by keyboard: people are found as one types, digits choose, and the list of times goes on at its end.
// Without it the same forms lead the same way, a page a step.
import { combobox } from "./combobox.js";

const input = document.querySelector("[data-people]");
if (input) combobox(input);

// 1 to 9 take that choice; where nothing is done by it yet, they go on at once.
for (const list of document.querySelectorAll("[data-keys]")) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !isFree(event.target)) return;
    const choice = list.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    choice.focus();
    if (list.dataset.keys === "go") choice.form.requestSubmit();
  });
}

// Down from the last time: more of them.
const more = document.querySelector("[data-more]");
const times = document.querySelectorAll("input[name=at]");
times[times.length - 1]?.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" || !more) return;
  event.preventDefault();
  more.click();
});

function isFree(target) {
  return !target.matches("select, textarea, input:not([type=radio])");
}
