// The box where one writes: plain, as a reply, or changing an earlier message; with a picture where that is offered.
import { find } from "./dom.js";
import { nameOf, snippet } from "./bubble.js";
import { word } from "./words.js";

export const LARGEST = 20 * 1024 * 1024; // bytes of a picture
const TALLEST_PX = 132;
const touch = matchMedia("(pointer: coarse)");

export class Composer {
  constructor(form, { me, send, hint }) {
    this.form = form;
    this.me = me;
    this.hint = hint;
    this.text = find("[data-text]", form);
    this.bar = find("[data-bar]", form);
    this.plainHint = this.text.placeholder;
    this.clear();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(send);
    });
    this.text.addEventListener("input", () => this.grow());
    this.text.addEventListener("keydown", (event) => this.typed(event));
    find("[data-bar-close]", form).addEventListener("click", () => this.cancel());
  }

  get busy() {
    return Boolean(this.replyTo || this.editing || this.text.value.trim());
  }

  typed(event) {
    if (event.key === "Escape" && !this.bar.hidden) this.cancel();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch.matches) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  async submit(send) {
    const text = this.text.value.trim();
    if (this.form.dataset.sending || !(text || this.picture)) return;
    this.form.dataset.sending = "1";
    const { replyTo, editing, picture } = this;
    try {
      if (await send({ text, replyTo, editing, picture })) this.clear();
    } finally {
      delete this.form.dataset.sending;
    }
  }

  fill(text) {
    this.text.value = text;
    this.grow();
    this.text.focus();
    this.text.setSelectionRange(text.length, text.length);
  }

  reply(line) {
    this.drop();
    this.replyTo = line;
    this.open(word("replying", { name: nameOf(line, this.me()) }), snippet(line));
  }

  edit(line) {
    this.drop();
    this.editing = line;
    this.open(word("editing"), snippet(line));
    this.fill(line.body.text);
  }

  attach(file) {
    const { replyTo } = this;
    this.drop();
    this.replyTo = replyTo;
    this.picture = file;
    const image = find("[data-bar-picture]", this.form);
    image.src = URL.createObjectURL(file);
    image.hidden = false;
    this.open(word("photo"), file.name);
  }

  open(title, text) {
    find("[data-bar-title]", this.form).textContent = title;
    find("[data-bar-text]", this.form).textContent = text;
    this.bar.hidden = false;
    this.retitle();
    this.text.focus();
  }

  cancel() {
    if (this.editing) this.text.value = "";
    this.drop();
    this.grow();
    this.text.focus();
  }

  drop() {
    this.replyTo = this.editing = this.picture = null;
    const image = find("[data-bar-picture]", this.form);
    if (image?.src) {
      URL.revokeObjectURL(image.src);
      image.removeAttribute("src");
      image.hidden = true;
    }
    this.bar.hidden = true;
    this.retitle();
  }

  retitle() {
    this.text.placeholder = (this.hint && this.hint(this)) || this.plainHint;
  }

  clear() {
    this.text.value = "";
    this.drop();
    this.grow();
  }

  grow() {
    this.text.style.height = "";
    const { scrollHeight, clientHeight } = this.text; // both 0 while hidden
    if (scrollHeight > clientHeight) this.text.style.height = `${Math.min(scrollHeight + 2, TALLEST_PX)}px`;
  }
}
