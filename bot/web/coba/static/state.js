// What the page knows: the messages, who acts, what was seen.
const start = JSON.parse(document.body.dataset.start);
const MEMORY = "wadul-coba-seen";

export const { citizens, officers, chats, timezone } = start;
export const state = { version: -1, citizen: citizens[0].id, officer: officers[0].id, unit: null };

const lines = new Map();
const byChat = new Map();
let seen = JSON.parse(localStorage.getItem(MEMORY) || "{}");

export const linesOf = (chat) => byChat.get(chat) || [];
export const line = (id) => lines.get(Number(id));
export const chatOf = (unit) => chats.find((chat) => chat.id === unit);

export function take(news) {
  // Returns the messages that are new, in order.
  if (news.version < state.version) forget();
  const fresh = news.lines.filter((each) => !lines.has(each.id));
  for (const each of news.lines) {
    if (lines.has(each.id)) {
      Object.assign(lines.get(each.id), each);
    } else {
      lines.set(each.id, each);
      byChat.set(each.chat_id, [...linesOf(each.chat_id), each]);
    }
  }
  const highest = Math.max(0, ...lines.keys());
  if (Object.values(seen).some((id) => id > highest)) seen = {};
  state.version = news.version;
  return fresh;
}

function forget() {
  lines.clear();
  byChat.clear();
  seen = {};
}

export const unread = (chat) =>
  linesOf(chat).filter((each) => each.author !== (each.chat_id.startsWith("warga:") ? "warga" : "petugas"))
    .filter((each) => each.id > (seen[chat] || 0)).length;

export function markSeen(chat) {
  const last = linesOf(chat).at(-1);
  if (!last || seen[chat] === last.id) return;
  seen[chat] = last.id;
  localStorage.setItem(MEMORY, JSON.stringify(seen));
}
