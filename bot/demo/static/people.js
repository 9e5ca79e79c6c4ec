// The list of people with their chats: who there is, what each may try, where something new waits.

import { fillIfNew, h } from "./dom.js";
import { KINDS } from "./message.js";
import { chatTitle, town, user } from "./town.js";

export function drawPeople(element, open, isOpen) {
  const shown = town.stage.cast.map((part) => ({ ...part, rows: rows(part, isOpen) }));
  fillIfNew(element, shown, () => [h("h2", {}, "人物"), h("ul", {}, shown.map((part) => h("li.person", {},
    h("p.person-name", {}, h("b", {}, part.name), h("span", {}, part.title)),
    part.hint && h("p.hint", {}, part.hint),
    h("ul.chats", {}, part.rows.map((row) => h("li", {}, h("button.chat", {
      type: "button", "aria-pressed": String(row.open), "data-focus": `${part.person}/${row.key}`, onclick: () => open(part.person, row.key),
    }, h("span.chat-title", {}, row.title), row.unread > 0 && h("span.badge", {}, row.unread, h("span.sr", {}, "条未读")),
    row.last && h("span.chat-last", {}, row.last))))))))]);
}

function rows(part, isOpen) {
  const known = user(part.person)?.chats ?? [];
  const listed = known.filter((one) => one.member && !part.chats.includes(one.key)).map((one) => one.key);
  return [...part.chats, ...listed].map((key) => {
    const line = known.find((one) => one.key === key);
    return { key, title: key === String(part.person) ? `${chatTitle(key)}（私聊）` : chatTitle(key), unread: line?.unread ?? 0,
      last: LAST[line?.last] ?? line?.last ?? "", open: isOpen(part.person, key) };
  });
}

// A chat without text in its last line names the kind of it.
const LAST = {
  pinned_message: "置顶了消息", new_chat_members: "有人加入", left_chat_member: "有人离开",
  ...Object.fromEntries(Object.entries(KINDS).map(([kind, word]) => [kind, `［${word}］`])),
};
