// The departments' chats.
import * as api from "./api.js";
import { Composer, LARGEST } from "./composer.js";
import { clockText, snippet } from "./bubble.js";
import { button, find, icon, initials, make } from "./dom.js";
import { Log } from "./log.js";
import { toast } from "./notice.js";
import { chatOf, chats, linesOf, state, unread } from "./state.js";
import { word } from "./words.js";

const ALARMS = "siaga";
const HEAD = "kepala";
const ICONS = { meja: "inbox", siaga: "siren", kepala: "office" };

export class Desk {
  constructor({ press, changed }) {
    this.changed = changed;
    this.log = new Log(find("#desk-log"));
    this.toCitizen = find("[data-to-citizen]");
    this.composer = new Composer(find("#desk-composer"), {
      me: () => state.officer,
      send: (what) => this.send(what),
      hint: (composer) => this.hint(composer),
    });
    this.toCitizen.addEventListener("change", () => {
      this.composer.retitle();
      this.composer.text.focus();
    });
    find("#desk-composer [data-picture]").addEventListener("change", (event) => this.choose(event.target));
    this.acts = { press, reply: (line) => this.reply(line) };
    find("#back").addEventListener("click", () => this.close());
    this.items = new Map(chats.map((chat) => [chat.id, this.item(chat)]));
  }

  get visible() {
    return find(".room").getClientRects().length > 0;
  }

  get following() {
    return find("#follow").checked && !this.composer.busy;
  }

  item(chat) {
    const item = make("li");
    const open = button("unit", "", () => this.open(chat.id));
    const words = make("span", "unit-words");
    words.append(make("b", "", chat.name), make("span", "unit-last"));
    const side = make("span", "unit-side");
    side.append(make("time"), make("span", chat.desk === ALARMS ? "badge urgent" : "badge"));
    open.append(avatar(make("span"), chat), words, side);
    item.append(open);
    return item;
  }

  draw() {
    for (const [unit, item] of this.items) this.drawItem(unit, item);
    const order = [...this.items].sort((a, b) => lastAt(b[0]) - lastAt(a[0]) || 0).map((pair) => pair[1]);
    const list = find("#units");
    if (order.some((item, at) => list.children[at] !== item)) reorder(list, order);
    const lines = state.unit ? linesOf(state.unit) : [];
    find("#desk-welcome").hidden = state.unit !== null;
    find("#desk-empty").hidden = state.unit === null || lines.length > 0;
    find("#desk-log").hidden = lines.length === 0;
    this.composer.form.hidden = state.unit === null;
    find("[data-quiet]").textContent = word(state.unit === HEAD ? "quiet_head" : "quiet_room");
    const key = `${state.unit} ${state.officer}`;
    this.log.show(lines, { key, me: state.officer, acts: this.acts });
  }

  drawItem(unit, item) {
    const last = linesOf(unit).at(-1);
    const count = unread(unit);
    find(".unit-last", item).textContent = last ? snippet(last) : chatOf(unit).topics || word("quiet");
    find("time", item).textContent = last ? clockText(last.at) : "";
    const badge = find(".badge", item);
    badge.textContent = count || "";
    badge.hidden = !count;
    const open = find("button", item);
    open.classList.toggle("quiet", !last);
    open.toggleAttribute("aria-current", unit === state.unit);
    if (count) badge.setAttribute("aria-label", word("unread", { count }));
    else badge.removeAttribute("aria-label");
  }

  open(unit) {
    const chat = chatOf(unit);
    if (unit !== state.unit) this.composer.clear();
    state.unit = unit;
    find("#room-name").textContent = chat.name;
    find("#room-topics").textContent = chat.topics;
    avatar(find("#room-avatar"), chat);
    find("#dinas").dataset.open = "room";
    this.changed();
  }

  close() {
    find("#dinas").dataset.open = "list";
    find("button", this.items.get(state.unit))?.focus();
    this.changed();
  }

  reply(line) {
    this.toCitizen.checked = false;
    this.asked = line.body.ask !== undefined;
    find("[data-to-citizen-label]").hidden = this.asked;
    this.composer.reply(line);
  }

  hint(composer) {
    if (!composer.replyTo) return "";
    return word(this.asked ? "prompt_hint" : this.toCitizen.checked ? "citizen_hint" : "note_hint");
  }

  arrived(fresh) {
    // A question of ours to whoever pressed is answered at once; a new card is shown where it came.
    const asked = fresh.find((line) => line.chat_id === state.unit && line.body.ask === state.officer);
    if (asked) this.reply(asked);
    const cards = fresh.filter((line) => line.body.kind === "card" && line.chat_id !== state.unit);
    const card = cards.find((line) => line.chat_id !== ALARMS) || cards[0];
    if (!card) return;
    // The alarm is a second card of the same case: its badge calls, the view stays with those who act.
    if (this.following && !asked && card.chat_id !== ALARMS) this.open(card.chat_id);
    else toast("dinas", word("new_card", { name: chatOf(card.chat_id).name }));
  }

  choose(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    if (file.size > LARGEST) toast("dinas", word("bad_picture"));
    else this.composer.attach(file);
  }

  async send({ text, replyTo, picture }) {
    const words = replyTo && !picture && this.toCitizen.checked && !text.startsWith("/") ? `/balas ${text}` : text;
    const form = { chat: state.unit, sender: state.officer, text: words };
    if (replyTo) form.reply_to = String(replyTo.id);
    try {
      if (picture) form.picture = (await api.upload(picture)).picture;
      await api.say(form);
      this.log.toEnd();
    } catch (error) {
      toast("dinas", word(error.status === 415 || error.status === 413 ? "bad_picture" : "not_sent"));
      return false;
    }
    if (!replyTo && !words.startsWith("/")) toast("dinas", word("plain_message"));
    return true;
  }
}

const lastAt = (unit) => linesOf(unit).at(-1)?.at || 0;

function avatar(element, chat) {
  const short = initials(chat.name);
  element.className = `avatar ${chat.desk || (short.length > 3 ? "long" : "")}`;
  element.setAttribute("aria-hidden", "true");
  element.replaceChildren(chat.desk ? icon(ICONS[chat.desk]) : short);
  return element;
}

function reorder(list, order) {
  const focused = document.activeElement;
  list.replaceChildren(...order);
  if (list.contains(focused)) focused.focus({ preventScroll: true });
}
