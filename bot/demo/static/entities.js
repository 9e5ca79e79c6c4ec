// Text with entities as nodes. Offsets are UTF-16 units, which is what a JavaScript string counts.

import { h } from "./dom.js";
import { copy } from "./notices.js";

// `acts` says what a tap does: command(text), start(payload), and which name the bot has.
export function formatted(text, entities, acts) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, 0, text.length, sorted, acts);
}

function pieces(text, from, to, entities, acts) {
  const nodes = [];
  let at = from;
  let waiting = entities;
  while (waiting.length) {
    const [entity, ...others] = waiting;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start >= end) {
      waiting = others;
      continue;
    }
    if (start > at) nodes.push(text.slice(at, start));
    const inside = others.filter((other) => other.offset < end);
    nodes.push(element(entity, text.slice(start, end), pieces(text, start, end, inside, acts), acts));
    at = end;
    // An entity that reaches beyond this one goes on after it.
    waiting = others.filter((other) => other.offset + other.length > end);
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

const SIMPLE = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", mention: "span.mention", text_mention: "span.mention",
  hashtag: "span.mention", cashtag: "span.mention", blockquote: "blockquote", expandable_blockquote: "blockquote",
};

function element(entity, text, children, acts) {
  switch (entity.type) {
    case "code":
      return h("button.code", { type: "button", title: "点按复制", "aria-label": `复制 ${text}`, onclick: () => copy(text) }, text);
    case "pre":
      return h("div.pre", {}, h("pre", { title: "点按复制", onclick: () => getSelection().isCollapsed && copy(text) }, text),
        h("button.quiet", { type: "button", "aria-label": "复制这段文字", onclick: () => copy(text) }, "复制"));
    case "phone_number":
      return h("a", { href: `tel:${text.replace(/[^\d+]/g, "")}` }, children);
    case "email":
      return h("a", { href: `mailto:${text}` }, children);
    case "url":
      return link(text, children, acts);
    case "text_link":
      return link(entity.url, children, acts);
    case "bot_command":
      return h("button.inline", { type: "button", onclick: () => acts.command(text) }, children);
    case "spoiler":
      return h("button.spoiler", { type: "button", "aria-label": "遮住的文字，点按显示",
        onclick: (event) => event.currentTarget.replaceWith(...children.map((child) => child)) }, h("span", {}, children));
    default:
      return h(SIMPLE[entity.type] ?? "span", {}, children);
  }
}

// A deep link to the bot opens its private chat here; any other address is opened in a page of its own.
export function link(address, children, acts) {
  const payload = deepLink(address, acts.bot);
  if (payload !== null) return h("button.inline", { type: "button", onclick: () => acts.start(payload) }, children);
  const full = /^[a-z][a-z+.-]*:/i.test(address) ? address : `https://${address}`;
  if (!/^https?:\/\//i.test(full)) return h("span.mention", { title: address }, children);
  return h("a", { href: full, target: "_blank", rel: "noopener noreferrer" }, children);
}

export function deepLink(address, botName) {
  const found = /^(?:https?:\/\/)?t\.me\/([A-Za-z0-9_]+)\?start=([A-Za-z0-9_-]{1,64})$/.exec(address)
    ?? /^tg:\/\/resolve\?domain=([A-Za-z0-9_]+)&start=([A-Za-z0-9_-]{1,64})$/.exec(address);
  return found && found[1].toLowerCase() === botName?.toLowerCase() ? found[2] : null;
}
