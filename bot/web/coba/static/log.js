// Keep a chat on the screen in step with its messages, without losing focus or the reader's place.
import { make } from "./dom.js";
import { drawLine } from "./bubble.js";
import { timezone } from "./state.js";
import { word } from "./words.js";

const NEAR_END_PX = 140;
const day = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "long", timeZone: timezone });

export class Log {
  constructor(element) {
    this.element = element;
    this.key = "";
    this.atEnd = true;
    element.addEventListener("scroll", () => (this.atEnd = this.nearEnd()), { passive: true });
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(element); // a bar or a keyboard opened below
  }

  nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  show(lines, { key, ...look }) {
    const fresh = key !== this.key;
    if (fresh) this.element.replaceChildren();
    this.key = key;
    const follows = fresh || this.nearEnd();
    const standing = new Map([...this.element.querySelectorAll(".line")].map((item) => [item.dataset.id, item]));
    let added = false;
    for (const line of lines) {
      const old = standing.get(String(line.id));
      const stamp = `${line.version}${look.acts.editable?.(line) ? "e" : ""}`;
      if (old?.dataset.stamp === stamp) continue;
      const item = drawLine(line, look);
      item.dataset.stamp = stamp;
      if (old) {
        replace(old, item);
        continue;
      }
      this.dayMark(line);
      if (!fresh) item.classList.add("arrived");
      this.element.append(item);
      added = true;
    }
    if (follows && added) this.toEnd();
  }

  dayMark(line) {
    const text = day.format(line.at * 1000);
    if (this.element.lastElementChild && this.day === text) return;
    this.day = text;
    this.element.append(make("p", "day", text === day.format(Date.now()) ? word("today") : text));
  }

  toEnd() {
    this.atEnd = true;
    this.element.scrollTop = this.element.scrollHeight;
    for (const image of this.element.querySelectorAll("img:not([data-known])")) {
      image.dataset.known = "1";
      image.addEventListener("load", () => (this.element.scrollTop = this.element.scrollHeight), { once: true });
    }
  }
}

function replace(old, item) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(item);
  if (!focused) return;
  const again = [...item.querySelectorAll("button")].find((each) => each.dataset.data === focused.dataset.data);
  (again || item.querySelector(".key") || item.querySelector("button"))?.focus({ preventScroll: true });
  const rows = item.querySelector(".rows");
  const tall = rows && rows.offsetHeight > item.parentElement.clientHeight;
  rows?.scrollIntoView({ block: tall ? "start" : "nearest" });
}
