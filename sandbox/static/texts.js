// The page's words, in the language that the page was asked for.

import { read } from "./http.js";

export const language = document.documentElement.lang;
const texts = await read(new URL(`./texts/${language}.json`, import.meta.url));
const plurals = new Intl.PluralRules(language);

/** A text by its key, with {names} filled in; an unknown key is shown as it is. */
export function say(key, values = {}) {
  const text = texts[key] ?? key.replace(/^[a-z]+_/, "");
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const sayParts = (n) => say(`part_${plurals.select(n)}`, { n });
