// Put the page together and follow the news.
import * as api from "./api.js";
import { Desk } from "./desk.js";
import { find } from "./dom.js";
import { alertBox, toast } from "./notice.js";
import { Phone } from "./phone.js";
import { chats, citizens, markSeen, state, take, unread } from "./state.js";
import { word } from "./words.js";

const RETRY_MS = 1500;
const RELOADED = "wadul-coba-reloaded";

async function press(line, data, key) {
  const phone = line.chat_id === state.citizen;
  const pane = phone ? "warga" : "dinas";
  const sender = phone ? state.citizen : state.officer;
  if (key.ariaDisabled) return;
  key.ariaDisabled = "true"; // not `disabled`, which would lose the keyboard's place
  key.classList.add("waiting");
  try {
    const { toast: answer } = await api.press({ chat: line.chat_id, sender, message_id: String(line.id), data });
    if (!answer) toast(pane, word("no_answer"));
    else if (answer.alert) alertBox(answer.text);
    else if (answer.text) toast(pane, answer.text);
  } catch {
    toast(pane, word("not_sent"));
  } finally {
    key.ariaDisabled = null;
    key.classList.remove("waiting");
  }
}

const phone = new Phone({ press });
const desk = new Desk({ press, changed: draw });

function draw() {
  if (phone.visible) markSeen(state.citizen);
  if (desk.visible && state.unit) markSeen(state.unit);
  phone.draw();
  desk.draw();
  drawBadges();
}

function drawBadges() {
  for (const { id } of citizens) find(`[data-dot="${id}"]`).hidden = !unread(id) || id === state.citizen;
  const counts = { warga: unread(state.citizen), dinas: chats.reduce((sum, chat) => sum + unread(chat.id), 0) };
  for (const [view, count] of Object.entries(counts)) {
    const badge = find(`[data-badge=${view}]`);
    badge.textContent = count;
    badge.hidden = !count;
  }
}

function show(view) {
  document.body.dataset.view = view;
  for (const tab of document.querySelectorAll(".tabs button")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.view === view));
  }
  draw();
  phone.log.toEnd();
  desk.log.toEnd();
}

async function follow() {
  for (let first = true; ; ) {
    try {
      const news = await api.news(state.version);
      find("#offline").hidden = true;
      const fresh = take(news);
      if (!first) desk.arrived(fresh);
      first = false;
      if (news.lines.length) draw();
    } catch (error) {
      if (error.status === 403 && renewed()) return;
      find("#offline").hidden = false;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function renewed() {
  // Wadul was started anew: its page has a new token. Reload once, not for ever.
  const last = Number(sessionStorage.getItem(RELOADED) || 0);
  if (Date.now() - last < 10_000) return false;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
  return true;
}

for (const tab of document.querySelectorAll(".tabs button")) tab.addEventListener("click", () => show(tab.dataset.view));
for (const radio of document.querySelectorAll("input[name=citizen]")) {
  radio.addEventListener("change", () => {
    phone.change(radio.value);
    draw();
  });
}
for (const radio of document.querySelectorAll("input[name=officer]")) {
  radio.addEventListener("change", () => {
    state.officer = radio.value;
    desk.composer.clear();
    draw();
  });
}
document.addEventListener("visibilitychange", () => document.hidden || draw());
find("input[name=citizen]").checked = true; // browsers remember a radio over a reload, the state does not
find("input[name=officer]").checked = true;
draw();
follow();
