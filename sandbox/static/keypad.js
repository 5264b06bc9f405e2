// Twelve keys that write into the box above them; one stop for Tab, arrows between the keys.

const COLUMNS = 3;
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };

export function keypad(group, input) {
  const keys = [...group.querySelectorAll("[data-key]")];
  group.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]");
    if (!key) return;
    input.value += key.dataset.key;
    makeCurrent(key);
  });
  group.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const to = keys[keys.indexOf(document.activeElement) + step];
    if (!step || !to) return;
    event.preventDefault();
    makeCurrent(to);
    to.focus();
  });

  function makeCurrent(current) {
    for (const key of keys) key.tabIndex = key === current ? 0 : -1;
  }
}
