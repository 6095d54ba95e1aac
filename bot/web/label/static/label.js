"use strict";

const find = (id) => document.getElementById(id);
const token = document.body.dataset.token;
const labels = JSON.parse(document.body.dataset.labels);
const topicName = Object.fromEntries(labels.topics.map((each) => [each.id, each.name]));
const NO_REPORT = "bukan_laporan", OTHER = "lainnya", CALM = "rendah";

let now = null;      // the message that is shown, with what was chosen
let past = [];       // those before it, the latest last
let busy = false;

async function call(path, body) {
  const options = { headers: { "x-label-token": token }, credentials: "same-origin" };
  if (body) {
    options.method = "POST";
    options.headers["content-type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(`/label/${path}`, options);
  if (answer.status === 401) location.reload();
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.status === 204 ? null : answer.json();
}

let hiding = 0;
function say(words) {
  find("said").textContent = words;
  find("said").hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { find("said").hidden = true; }, 3500);
}

async function doing(work) {
  if (busy) return;
  busy = true;
  document.body.classList.add("busy");
  try {
    await work();
  } catch (error) {
    say(error.message === "409" ? "Laporan ini sudah tidak di tangan Anda." : "Belum tersimpan: periksa sambungan, lalu coba lagi.");
  } finally {
    busy = false;
    document.body.classList.remove("busy");
  }
}

// The message ---------------------------------------------------------------

function show(message, chosen) {
  now = message.task ? { message, since: performance.now(), ...(chosen || first(message)) } : null;
  find("message").hidden = !now;
  find("nothing").hidden = Boolean(now);
  find("undo").disabled = past.length === 0;
  find("search").value = "";
  if (now) draw();
  if (message.done !== undefined) count(message);
}

function first(message) {
  const guess = message.guesses[0];
  return { topic: guess ? guess.id : "", kind: message.kind, urgency: message.urgency };
}

function count({ done, differing }) {
  const more = differing ? `; pada ${differing} laporan orang lain tak sependapat` : "";
  find("count").textContent = `${done} dijawab hari ini${more}`;
}

function draw() {
  const { message } = now;
  find("reason").textContent = message.reason;
  marked(find("text"), message.text, message.marks);
  find("labelled").textContent = message.labelled;
  find("labelled").hidden = !message.labelled;
  const bare = now.kind === NO_REPORT;
  const guessed = message.guesses.map((each) => each.id);
  const shown = [...message.guesses];
  if (now.topic && !guessed.includes(now.topic)) shown.push({ id: now.topic, name: topicName[now.topic] || now.topic });
  choices("guesses", shown, now.topic, (topic) => choose({ topic }), (each, at) => [at < guessed.length ? at + 1 : "", each.percent]);
  choices("kinds", labels.kinds, now.kind, (kind) => choose({ kind }));
  choices("urgencies", labels.urgencies, now.urgency, (urgency) => choose({ urgency }));
  for (const id of ["guesses", "urgencies"]) find(id).classList.toggle("faint", bare);
  search();
}

function choose(change) {
  Object.assign(now, change);
  draw();
}

function choices(id, every, chosen, pick, extras) {
  find(id).replaceChildren(...every.map((each, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", String(each.id === chosen));
    const [key, percent] = extras ? extras(each, at) : ["", undefined];
    if (key) button.append(element("kbd", key));
    button.append(element("span", each.name));
    if (percent !== undefined) button.append(element("small", `${percent} %`));
    button.addEventListener("click", () => pick(each.id));
    return button;
  }));
}

function element(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}

function marked(where, text, marks) {
  where.replaceChildren();
  const escaped = marks.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!escaped.length) { where.textContent = text; return; }
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  let end = 0;
  for (const hit of text.matchAll(pattern)) {
    where.append(text.slice(end, hit.index), element("mark", hit[0]));
    end = hit.index + hit[0].length;
  }
  where.append(text.slice(end));
}

function search() {
  const words = find("search").value.trim().toLowerCase();
  const fits = words ? labels.topics.filter((each) => each.name.toLowerCase().includes(words) || each.id.includes(words)) : [];
  find("found").hidden = !words;
  choices("found", fits.slice(0, 8), now.topic, pickFound);
  if (words && !fits.length) find("found").append(element("span", "Tidak ada topik seperti itu."));
}

function pickFound(topic) {
  find("search").value = "";
  find("search").blur();
  choose({ topic });
}

// Acts ----------------------------------------------------------------------

function confirm() {
  if (!now) return;
  const { message, kind } = now;
  const bare = kind === NO_REPORT;
  const topic = bare ? OTHER : now.topic, urgency = bare ? CALM : now.urgency;
  if (!topic || !kind || !urgency) { say("Pilih dulu topik, jenis, dan urgensinya."); return; }
  const seconds = (performance.now() - now.since) / 1000;
  doing(async () => {
    const next = await call("jawab", { task: message.task, kind, topic, urgency, seconds });
    past.push({ message, chosen: { topic, kind, urgency } });
    show(next);
  });
}

function skip() {
  if (!now) return;
  const { message, topic, kind, urgency } = now;
  doing(async () => {
    const next = await call("lewati", { task: message.task });
    past.push({ message, chosen: { topic, kind, urgency } });
    show(next);
  });
}

function undo() {
  const last = past.pop();
  if (last) show({ ...last.message, done: undefined }, last.chosen);
}

function turn(every, present) {
  const at = every.findIndex((each) => each.id === present);
  return every[(at + 1) % every.length].id;
}

// Tabs ----------------------------------------------------------------------

const TABS = ["label", "beda", "curiga"];

function open(tab) {
  for (const each of TABS) {
    find(each).hidden = each !== tab;
    find(`tab-${each}`).setAttribute("aria-selected", String(each === tab));
  }
  if (tab === "label") { if (!now) doing(async () => show(await call("berikut", {}))); return; }
  doing(async () => list(tab, await call(tab)));
}

function list(tab, rows) {
  const section = find(tab);
  section.querySelector(".empty").hidden = rows.length > 0;
  section.querySelector(".list").replaceChildren(...rows.map((row) => item(tab, row)));
}

function item(tab, row) {
  const card = element("article", "");
  card.className = "card";
  card.append(element("blockquote", row.text));
  for (const { who, label } of row.said || []) {
    const line = element("p", "");
    line.append(element("b", label), ` ${who}`);
    card.append(line);
  }
  const button = element("button", "Beri label");
  button.addEventListener("click", () => doing(async () => {
    const message = await call(tab, tab === "beda" ? { case: row.case } : { task: row.task });
    show(message);
    setTimeout(() => open("label"));
  }));
  card.append(button);
  return card;
}

// Keys ----------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !now || find("label").hidden) return;
  if (event.target === find("search")) { searching(event); return; }
  const key = event.key.toLowerCase();
  const guess = now.message.guesses[Number(key) - 1];
  if (guess) choose({ topic: guess.id });
  else if (key === "k") choose({ kind: turn(labels.kinds, now.kind) });
  else if (key === "u") choose({ urgency: turn(labels.urgencies, now.urgency) });
  else if (key === "/") find("search").focus();
  else if (key === "s") skip();
  else if (key === "z") undo();
  else if (key === "enter" && event.target.tagName !== "BUTTON") confirm();
  else return;
  event.preventDefault();
});

function searching(event) {
  if (event.key === "Escape") { find("search").value = ""; find("search").blur(); search(); }
  else if (event.key === "Enter") { const hit = find("found").querySelector("button"); if (hit) hit.click(); event.preventDefault(); }
}

find("search").addEventListener("input", search);
find("confirm").addEventListener("click", (event) => { confirm(); event.currentTarget.blur(); });
find("skip").addEventListener("click", (event) => { skip(); event.currentTarget.blur(); });
find("undo").addEventListener("click", (event) => { undo(); event.currentTarget.blur(); });
find("leave").addEventListener("click", () => doing(async () => { await call("keluar", {}); location.reload(); }));
for (const tab of TABS) find(`tab-${tab}`).addEventListener("click", () => open(tab));
document.addEventListener("click", (event) => { if (event.target.closest(".choices")) document.activeElement.blur(); });
open("label");
