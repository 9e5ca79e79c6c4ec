// One line of a chat as a list item.

import { h } from "./dom.js";
import { formatted } from "./entities.js";
import { isPending } from "./presses.js";
import { day, time } from "./time.js";
import { part } from "./town.js";

const RINGING = { loud: "响铃", silent: "无声", muted: "免打扰" };
const GROUPED_WITHIN = 5 * 60 * 1000;
const HUES = 6;

// What the drawing of a line depends on; the same key means the same picture.
export function keyOf(line, before, lines, view) {
  const waiting = line.buttons.flat().map((button) => isPending(view.as, view.chat, line.id, button.label));
  const quoted = line.reply_to ? summary(find(lines, line.reply_to)) : null;
  return JSON.stringify([line, newDay(line, before), grouped(line, before), waiting, quoted, part(line.sender_id)?.title, view.group]);
}

export function drawMessage(line, before, lines, view, acts) {
  const kind = line.kind === "service" ? "service" : line.own ? "own" : "theirs";
  const item = h(`li.line.${kind}`, {
    "data-message": line.id, "data-focus": `line ${line.id}`, class: grouped(line, before) ? "grouped" : "", tabindex: -1,
    onfocusin: () => reachable(item, 0), onfocusout: () => reachable(item, -1),
  });
  if (newDay(line, before)) item.append(h("p.day", {}, h("span", {}, day(new Date(line.date)))));
  item.append(...(kind === "service" ? [service(line)] : [bubble(line, before, lines, view, acts)]));
  if (line.buttons.length) item.append(keys(line, view, acts));
  return item;
}

// The tools of a hundred lines would be three hundred stops on the way to the input.
function reachable(item, tabindex) {
  for (const tool of item.querySelectorAll(".tools button")) tool.tabIndex = tabindex;
}

function bubble(line, before, lines, view, acts) {
  const name = !line.own && view.group && !grouped(line, before) && sender(line);
  const quoted = line.reply_to && quote(line, lines, acts);
  const text = line.text && h("div.text", {}, formatted(line.text, line.entities, acts));
  return h("article.bubble", { class: line.mentioned ? "called" : "" }, name,
    line.forwarded_from && h("p.note", {}, `转发自 ${line.forwarded_from}`),
    line.via && h("p.note", {}, `通过 @${line.via}`),
    quoted, media(line), text, reactions(line), h("div.foot", {}, tools(line, acts), meta(line)));
}

function sender(line) {
  const title = line.from_bot ? "机器人" : part(line.sender_id)?.title;
  const hue = line.from_bot ? "hue-bot" : `hue-${line.sender_id % HUES}`;
  return h("p.sender", { class: hue }, line.sender, title && h("span", {}, title));
}

function meta(line) {
  const rang = RINGING[line.rang];
  return h("p.meta", {},
    line.pinned && h("span", {}, "置顶"),
    line.mentioned && h("span", {}, "提到了您"),
    rang && h(`span.ring.${line.rang}`, {}, rang),
    line.edited && h("span", { title: `${time(new Date(line.edited))} 修改` }, "已编辑"),
    h("time", { datetime: line.date }, time(new Date(line.date))));
}

function tools(line, acts) {
  const tool = (label, run) => h("button.quiet", { type: "button", tabindex: -1, onclick: run, "data-focus": `${label}${line.id}` }, label);
  return h("div.tools", {}, tool("回复", () => acts.reply(line)),
    line.own && line.kind === "text" && tool("修改", () => acts.edit(line)),
    line.own && tool("删除", () => acts.remove(line)));
}

function quote(line, lines, acts) {
  const found = find(lines, line.reply_to);
  if (!found) return h("p.quote", {}, "原消息已删除");
  return h("button.quote", { type: "button", onclick: () => acts.jump(found.id) }, h("b", {}, found.sender), h("span", {}, summary(found)));
}

function reactions(line) {
  return line.reactions.length > 0 && h("p.reactions", {}, line.reactions.map((one) => h("span", {}, one)));
}

function keys(line, view, acts) {
  return h("div.keys", { role: "group", "aria-label": "按钮" }, line.buttons.map((row) => h("div.key-row", {}, row.map((button) => {
    const waiting = isPending(view.as, view.chat, line.id, button.label);
    return h("button.key", {
      type: "button", class: button.style ?? "", "aria-busy": waiting, "aria-disabled": waiting, "data-focus": `${line.id}:${button.label}`,
      onclick: () => !waiting && acts.press(line, button),
    }, button.label, MARKS[button.kind] && h("span.mark", { "aria-hidden": "true" }, MARKS[button.kind]), waiting && h("span.sr", {}, "，等待应答"));
  }))));
}

const MARKS = { url: "↗", copy_text: "⧉", switch_inline: "@" };

function media(line) {
  const body = line.body;
  switch (line.kind) {
    case "photo":
      return picture(line);
    case "voice":
      return h("p.media", {}, h("span.glyph", { "aria-hidden": "true" }, "▶"), `语音 ${seconds(body.voice.duration)}`);
    case "location":
      return h("p.media", {}, `位置 ${body.location.latitude}, ${body.location.longitude}`);
    case "venue":
      return h("p.media", {}, `位置 ${body.venue.title} ${body.venue.address}`);
    case "contact":
      return h("p.media", {}, `名片 ${body.contact.first_name} ${body.contact.phone_number}`);
    case "sticker":
      return h("p.media", {}, `贴纸 ${body.sticker.emoji ?? ""}`);
    case "text":
      return null;
    default:
      return line.file_id
        ? h("p.media", {}, h("a", { href: `/demo/files/${encodeURIComponent(line.file_id)}`, download: line.file_name ?? "" }, line.file_name ?? "文件"))
        : h("p.media", {}, KINDS[line.kind] ?? line.kind);
  }
}

function picture(line) {
  const address = `/demo/files/${encodeURIComponent(line.file_id)}`;
  const image = h("img.picture", { src: address, alt: line.text || "照片", loading: "lazy" });
  // A tall one is shown from its top, as wide as the message: of a strip nothing could be read.
  image.addEventListener("load", () => image.classList.toggle("tall", image.naturalHeight > 1.6 * image.naturalWidth));
  const whole = h("a", { href: address, target: "_blank", rel: "noopener", title: "看大图" }, image);
  image.addEventListener("error", () => whole.replaceWith(h("p.media", {}, "照片")));
  return whole;
}

const seconds = (count) => `0:${String(count).padStart(2, "0")}`;

export const KINDS = { photo: "照片", voice: "语音", document: "文件", video: "视频", audio: "音频", sticker: "贴纸", location: "位置", venue: "位置", contact: "名片", poll: "投票" };

// One line for quotes, pins and lists.
export function summary(line) {
  if (!line) return "";
  const text = line.text.replace(/\s+/g, " ");
  return line.kind === "text" ? text : `［${KINDS[line.kind] ?? line.kind}］${text}`;
}

const SERVICE = {
  new_chat_members: (line) => `${names(line.body.new_chat_members)} 加入了群`,
  left_chat_member: (line) => `${names([line.body.left_chat_member])} 离开了群`,
  pinned_message: (line) => `${line.sender} 置顶了「${shorten(line.body.pinned_message?.text ?? line.body.pinned_message?.caption ?? "消息")}」`,
  new_chat_title: (line) => `群名改为「${line.body.new_chat_title}」`,
  group_chat_created: () => "群已建立",
  supergroup_chat_created: () => "群已建立",
  migrate_to_chat_id: () => "本群已升级为超级群",
  migrate_from_chat_id: () => "本群由普通群升级而来",
  forum_topic_created: (line) => `建立了话题「${line.body.forum_topic_created.name}」`,
  forum_topic_edited: () => "话题改名",
  forum_topic_closed: () => "话题已关闭",
  forum_topic_reopened: () => "话题重新开放",
  users_shared: () => "已选定成员",
  chat_shared: () => "已选定群",
};

function service(line) {
  const say = SERVICE[line.service] ?? (() => `系统消息：${line.service}`);
  return h("p.service-text", {}, h("span", {}, say(line), RINGING[line.rang] && ` · ${RINGING[line.rang]}`, ` · ${time(new Date(line.date))}`));
}

const names = (users) => users.map((one) => [one.first_name, one.last_name].filter(Boolean).join(" ")).join("、");
const shorten = (text) => (text.length > 16 ? `${text.slice(0, 16)}…` : text);
const find = (lines, id) => lines.find((line) => line.id === id);
const newDay = (line, before) => !before || day(new Date(before.date)) !== day(new Date(line.date));

function grouped(line, before) {
  return Boolean(before) && before.kind !== "service" && before.sender_id === line.sender_id && before.sender === line.sender
    && !newDay(line, before) && new Date(line.date) - new Date(before.date) < GROUPED_WITHIN;
}
