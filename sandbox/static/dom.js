// Builds and finds elements; the only place that knows how.

export const find = (selector, within = document) => within.querySelector(selector);

/** An element with properties and children; a property that is null is left out. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * Brings a list up to date without touching what has not changed, so that a screen reader hears only what is
 * new and the focus stays where it was. Returns the elements that are new.
 */
export function renew(list, items, keyOf, build) {
  const before = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const added = [];
  items.forEach((item, place) => {
    const key = String(keyOf(item));
    const shape = JSON.stringify(item);
    let child = before.get(key);
    before.delete(key);
    if (!child || child.dataset.shape !== shape) {
      const fresh = build(item);
      Object.assign(fresh.dataset, { key, shape });
      if (child) child.replaceWith(fresh);
      else added.push(fresh);
      child = fresh;
    }
    if (list.children[place] !== child) list.insertBefore(child, list.children[place] ?? null);
  });
  for (const gone of before.values()) gone.remove();
  return added;
}

/** Brings a log up to date and stays at its end, unless somebody is reading further up. */
export function follow(log, change) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  if (change().length || atEnd) log.scrollTop = log.scrollHeight;
}

/** Runs `work` soon, once, however often it is asked for meanwhile. The banner tells when the line is down. */
export function soon(work, milliseconds = 60) {
  let timer = 0;
  const run = () => {
    timer = 0;
    work().catch(() => {});
  };
  return () => {
    timer ||= setTimeout(run, milliseconds);
  };
}
