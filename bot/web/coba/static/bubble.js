// Draw one message: text, card, file or place.
import { button, icon, make } from "./dom.js";
import { showPicture } from "./notice.js";
import { line as lineById, timezone } from "./state.js";
import { word } from "./words.js";

const COMMAND = /(^|\s)(\/[a-z]{2,20})\b/g;
const OWN_PAGE = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\/(?:catat|label)\/masuk\?kunci=[\w.-]+/;
const LEADING_SIGN = /^[\p{Extended_Pictographic}\uFE0F\s]+/u;
const clock = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: timezone });

export const clockText = (at) => clock.format(at * 1000);

export function nameOf(line, me) {
  if (line.author === "bot") return word("bot");
  return line.body.from === me ? word("you") : line.name;
}

export function snippet(line) {
  const { kind, title, text } = line.body;
  const words = kind === "card" ? title.replace(LEADING_SIGN, "") : text;
  return (words || word(kind === "point" ? "place" : "photo")).replace(/\s+/g, " ").slice(0, 90);
}

export function drawLine(line, { me, acts }) {
  const own = line.body.from === me;
  const item = make("div", `line ${own ? "own" : "other"} ${line.body.kind}`);
  item.dataset.id = line.id;
  item.dataset.version = line.version;
  const bubble = make("div", "bubble");
  if (!own && line.author !== "bot") bubble.append(make("span", "name", line.name));
  quoteInto(bubble, line, me);
  (line.body.kind === "card" ? cardInto : plainInto)(bubble, line, acts);
  const foot = make("div", "foot");
  actionsInto(foot, line, own, acts);
  const marks = [line.body.edited && word("edited"), line.body.failed && word("failed"), clockText(line.at)];
  foot.append(make("time", "", marks.filter(Boolean).join(" · ")));
  bubble.append(foot);
  item.append(bubble);
  buttonsInto(item, line, acts);
  return item;
}

function quoteInto(bubble, line, me) {
  const replied = line.reply_to && lineById(line.reply_to);
  if (!replied) return;
  const quote = button("quote", "", () => goTo(bubble, replied.id));
  quote.title = word("go_to");
  quote.append(make("b", "", nameOf(replied, me)), make("span", "", snippet(replied)));
  bubble.append(quote);
}

function goTo(bubble, id) {
  const target = bubble.closest(".log").querySelector(`[data-id="${id}"]`);
  if (!target) return;
  target.scrollIntoView({ block: "center" });
  target.classList.remove("flash");
  requestAnimationFrame(() => target.classList.add("flash"));
}

function plainInto(bubble, line, acts) {
  const { kind, file, text, lat, lon } = line.body;
  if (kind === "file") {
    const source = `/coba/berkas/${file}`;
    const open = button("photo", "", () => showPicture(source));
    const image = make("img");
    image.src = source;
    image.alt = word("photo");
    open.append(image);
    bubble.append(open);
  }
  if (kind === "document") bubble.append(download(file, line.body.name));
  if (kind === "point") bubble.append(place(lat, lon));
  if (kind === "gone") bubble.append(make("p", "words faint", word("gone")));
  if (kind === "absent") bubble.append(make("p", "words faint", word("absent")));
  if (text) bubble.append(line.author === "bot" ? withLink(text, acts) : withCommands(text, acts));
}

function download(file, name) {
  const link = make("a", "download", name);
  link.href = `/coba/salinan/${file}`;
  link.download = name;
  return link;
}

function place(lat, lon) {
  const box = make("p", "place");
  const numbers = make("span", "", word("map", { lat: lat.toFixed(5), lon: lon.toFixed(5) }));
  box.append(icon("place"), make("b", "", word("place")), numbers);
  return box;
}

function withLink(text, acts) {
  // The one-time link to a page of ours opens beside this one.
  const found = text.match(OWN_PAGE);
  if (!found) return withCommands(text, acts);
  const link = make("a", "command", found[0]);
  link.href = found[0];
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  const words = make("p", "words");
  words.append(text.slice(0, found.index), link, text.slice(found.index + found[0].length));
  return words;
}

function withCommands(text, acts) {
  // A chat word in a text of ours can be tapped, as chat apps do.
  const words = make("p", "words");
  let from = 0;
  for (const match of acts.command ? text.matchAll(COMMAND) : []) {
    const begin = match.index + match[1].length;
    words.append(text.slice(from, begin), button("command", match[2], () => acts.command(match[2])));
    from = begin + match[2].length;
  }
  words.append(text.slice(from));
  return words;
}

function cardInto(bubble, line) {
  const { title, lines, quote, footer, colour } = line.body;
  const [head, ...rest] = title.replace(LEADING_SIGN, "").split(" · ");
  const top = make("header", `card-top ${colour}`);
  if (rest.length) top.append(make("span", "pill", head), make("span", "code", rest.join(" · ")));
  else top.append(make("span", "code", head));
  bubble.append(top);
  if (lines.length) bubble.append(facts(lines));
  if (quote) bubble.append(make("blockquote", "", quote));
  if (footer.length) bubble.append(facts(footer));
}

function facts(lines) {
  const list = make("dl", "facts");
  for (const { head, text } of lines) {
    const row = make("div", head ? "" : "whole");
    if (head) row.append(make("dt", "", head));
    row.append(make("dd", "", text));
    list.append(row);
  }
  return list;
}

function actionsInto(foot, line, own, acts) {
  const add = (name, act) => {
    const action = button("action", "", () => act(line));
    action.append(icon(name), word(name));
    foot.append(action);
  };
  if (acts.reply && !own) add("reply", acts.reply);
  if (acts.editable && own && acts.editable(line)) add("edit", acts.edit);
}

function buttonsInto(item, line, acts) {
  if (!line.body.rows?.length) return;
  const board = make("div", "rows");
  for (const row of line.body.rows) {
    const group = make("div", "row");
    for (const { words, data } of row) {
      const key = button(`key do-${data.split(":")[0]}`, words, () => acts.press(line, data, key));
      key.dataset.data = data;
      group.append(key);
    }
    board.append(group);
  }
  item.append(board);
}
