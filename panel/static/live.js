// A live part: an element with data-live="address" is fetched again every few seconds, and changed only where it changed.
// The address answers with the element's inside; 304 while nothing is new; 401 once nobody is logged in.
// A form around a live part is sent without leaving the page; what the server refuses is shown as the page that it is.
const SECONDS = 4;

export function renew(part) {
  let tag = "";
  const look = async () => {
    tag = await refresh(part, tag);
  };
  setInterval(() => isSeen() && look(), SECONDS * 1000);
  document.addEventListener("visibilitychange", () => isSeen() && look());
  part.closest("form")?.addEventListener("submit", (event) => send(event, look));
}

const isSeen = () => document.visibilityState === "visible";

async function refresh(part, tag) {
  try {
    const answer = await fetch(part.dataset.live, { headers: tag ? { "If-None-Match": tag } : {} });
    if (answer.status === 401 || answer.redirected) location.assign("/panel/enter");
    if (!answer.ok || isBusy(part)) return tag;
    replace(part, await answer.text());
    return answer.headers.get("ETag") ?? "";
  } catch {
    return tag; // the server is away: the next look may reach it
  }
}

async function send(event, look) {
  const { target: form, submitter } = event;
  if (form.dataset.asPage) return;
  event.preventDefault();
  try {
    const body = new URLSearchParams(new FormData(form, submitter));
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (answer.type === "opaqueredirect") return await look();
  } catch {
    // the server is away: the browser says so
  }
  form.dataset.asPage = "yes";
  form.requestSubmit(submitter);
}

// Somebody types or has a list open in there: nothing is taken from under their hands.
function isBusy(part) {
  return part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
}

// The focus stays on what had it, and so does what was scrolled; what is new or has changed is marked for a moment.
function replace(part, html) {
  for (const one of part.querySelectorAll(".arrived")) unmark(one);
  const parsed = new DOMParser().parseFromString(html, "text/html");
  if (parsed.body.innerHTML.trim() === part.innerHTML.trim()) return;
  const [finders, scrolled] = [focusIn(part), scrollsIn(part)];
  const known = new Map(leaves(part).map((one) => [one.id, one.outerHTML]));
  part.replaceChildren(...parsed.body.childNodes);
  for (const [id, left, top] of scrolled) document.getElementById(id)?.scrollTo(left, top);
  finders.map((find) => part.querySelector(find)).find(Boolean)?.focus({ preventScroll: true });
  const changed = leaves(part).filter((one) => known.get(one.id) !== one.outerHTML);
  if (known.size) for (const one of changed) one.classList.add("arrived");
}

function unmark(one) {
  one.classList.remove("arrived");
  if (!one.classList.length) one.removeAttribute("class");
}

// What stands for one thing: elements with an id and none inside.
function leaves(part) {
  return [...part.querySelectorAll("[id]")].filter((one) => !one.querySelector("[id]"));
}

function scrollsIn(part) {
  const all = [...part.querySelectorAll("[id]")].filter((one) => one.scrollLeft || one.scrollTop);
  return all.map((one) => [one.id, one.scrollLeft, one.scrollTop]);
}

// How to find what has the focus, the best way first: itself, or what can be pressed in the thing that it belongs to.
function focusIn(part) {
  const one = document.activeElement;
  if (!part.contains(one)) return [];
  const quoted = (name) => `[${name}="${CSS.escape(one.getAttribute(name))}"]`;
  const thing = one.closest("[id]");
  const ways = [];
  if (one.id) ways.push(`#${CSS.escape(one.id)}`);
  else if (one.name && one.value) ways.push(`${quoted("name")}${quoted("value")}`);
  else if (one.getAttribute("href")) ways.push(quoted("href"));
  if (thing && thing !== one) {
    const inside = `#${CSS.escape(thing.id)}`;
    ways.push(`${inside} button`, `${inside} a`, inside);
  }
  return ways;
}
