// A field that finds people as one types (ARIA's combobox with a list): arrows move, Enter takes, Escape closes.
// The names come as a piece of page; what was pressed before they came counts once they are there.
export function combobox(input) {
  const box = document.getElementById("people");
  const said = document.getElementById("people-said");
  let asked = Promise.resolve();
  let latest = null;
  let active = -1;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");

  const options = () => [...box.querySelectorAll("[role=option]")];

  input.addEventListener("input", () => {
    latest?.abort();
    latest = new AbortController();
    asked = find(input.value, latest.signal);
  });

  input.addEventListener("keydown", async (event) => {
    if (event.key === "Escape" && !box.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      await asked;
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      await asked;
      const found = options();
      const taken = found[active] ?? (found.length === 1 ? found[0] : null);
      if (taken) take(taken);
      else input.form.requestSubmit();
    }
  });

  box.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });

  async function find(text, signal) {
    if (text.trim().length < 3) return close();
    try {
      const address = `${input.dataset.people}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(address, { signal });
      if (answer.status === 401 || answer.redirected) location.assign("/panel/enter");
      if (answer.ok) show(await answer.text());
    } catch {
      // typed on meanwhile, or the server is away: the button still searches
    }
  }

  function show(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    box.replaceChildren(...parsed.body.childNodes);
    const first = box.firstElementChild;
    said.textContent = first?.dataset.said ?? "";
    box.hidden = !first;
    active = -1;
    const isList = options().length > 0;
    input.setAttribute("aria-expanded", String(isList));
    if (isList) input.setAttribute("aria-controls", "people-list");
    else input.removeAttribute("aria-controls");
    input.removeAttribute("aria-activedescendant");
  }

  function close() {
    show("");
  }

  function move(by) {
    const found = options();
    if (!found.length) return;
    active = (active + by + found.length + (active < 0 && by < 0 ? 1 : 0)) % found.length;
    found.forEach((one, number) => one.setAttribute("aria-selected", String(number === active)));
    found[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", found[active].id);
  }

  function take(option) {
    const kept = [...input.form.querySelectorAll("input[type=hidden]")]
      .filter((one) => one.name !== "token")
      .map((one) => [one.name, one.value]);
    location.assign(`${input.dataset.next}?${new URLSearchParams([...kept, ["person", option.dataset.id]])}`);
  }
}
