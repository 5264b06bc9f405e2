// What every page adds where there is JavaScript: the menu folds where it is narrow, and live parts renew themselves.
import { renew } from "./live.js";

const menu = document.querySelector(".menu");
if (menu && matchMedia("(max-width: 60rem)").matches) menu.open = false;

document.querySelector(".notice[role=alert]")?.focus();
for (const part of document.querySelectorAll("[data-live]")) renew(part);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
