// A small list that opens above the box where one writes; Escape and leaving it close it.

import { find } from "./dom.js";

export function menu(details) {
  const close = () => {
    details.open = false;
  };
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    find("summary", details).focus();
  });
  details.addEventListener("focusout", (event) => details.contains(event.relatedTarget) || !event.relatedTarget || close());
  return close;
}
