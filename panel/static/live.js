// A live part: an element with data-live="address" is fetched again every few seconds, and changed only where it changed.
// The address answers with the element's inside; 304 while nothing is new; 401 once nobody is logged in.
const SECONDS = 5;

export function renew(part) {
  let tag = "";
  const look = async () => {
    if (document.visibilityState === "visible") tag = await refresh(part, tag);
    setTimeout(look, SECONDS * 1000);
  };
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState === "visible") tag = await refresh(part, tag);
  });
  setTimeout(look, SECONDS * 1000);
}

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

// Somebody types or has a list open in there: nothing is taken from under their hands.
function isBusy(part) {
  return part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
}

// The focus stays on what had it, by its id; what is new is marked for a moment.
function replace(part, html) {
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  const known = new Set([...part.querySelectorAll("[id]")].map((one) => one.id));
  const parsed = new DOMParser().parseFromString(html, "text/html");
  part.replaceChildren(...parsed.body.childNodes);
  for (const one of part.querySelectorAll("[id]")) if (!known.has(one.id)) one.classList.add("arrived");
  if (focused) document.getElementById(focused)?.focus();
}
