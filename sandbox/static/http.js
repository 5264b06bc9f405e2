// Speaks to the sandbox, and to the club beside it.

const club = document.documentElement.dataset.club;

async function json(address, options) {
  const answer = await fetch(address, { cache: "no-store", ...options });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error ?? `${answer.status} ${answer.statusText}`);
  return body;
}

const sending = (method, body) => ({
  method,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body ?? {}),
});

export const read = (path) => json(path);
export const post = (path, body) => json(path, sending("POST", body));
export const put = (path, body) => json(path, sending("PUT", body));
export const remove = (path) => json(path, sending("DELETE"));
export const readClub = (path) => json(club + path);
export const postClub = (path, body) => json(club + path, sending("POST", body));

/**
 * Calls `told` with every change from now on, and `line` when the line breaks or is there again; the browser
 * itself tries again meanwhile.
 */
export function listen(after, told, line) {
  const stream = new EventSource(`events?after=${after}`);
  stream.addEventListener("message", (event) => told(JSON.parse(event.data)));
  stream.addEventListener("open", () => line(true));
  stream.addEventListener("error", () => line(false));
}
