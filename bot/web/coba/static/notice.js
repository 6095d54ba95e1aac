// Short lines that pass, and alerts that wait to be read.
import { find } from "./dom.js";

const SHOWN_MS = 1800; // and longer for more to read
const LETTER_MS = 60;
const timers = new Map();

export function toast(pane, text) {
  const place = find(`[data-toast=${pane}]`);
  place.textContent = text;
  place.classList.add("shown");
  clearTimeout(timers.get(pane));
  timers.set(pane, setTimeout(() => place.classList.remove("shown"), SHOWN_MS + LETTER_MS * text.length));
}

export function alertBox(text) {
  const dialog = find("#alert");
  find("#alert-text").textContent = text;
  if (!dialog.open) dialog.showModal();
}

export function showPicture(source) {
  const dialog = find("#picture");
  find("img", dialog).src = source;
  dialog.showModal();
}
