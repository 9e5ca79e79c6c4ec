// A chat as one person sees it.

import { get, post } from "./api.js";
import { Composer } from "./composer.js";
import { coalesce, fill, fillIfNew, h } from "./dom.js";
import { deepLink, link } from "./entities.js";
import { drawMessage, keyOf, summary } from "./message.js";
import { complain, confirmBox, toast } from "./notices.js";
import { press } from "./presses.js";
import { spot } from "./spots.js";
import { bot, chat, chatTitle, isPrivate, part, refreshWorld, town, user } from "./town.js";

const NEAR_END = 80;
const ANSWER_WITHIN = 4000;

export class Pane {
  // `shell` tells the page about it: changed(), close(pane), visible(pane), openPrivate(as).
  constructor({ as, chat: key }, shell) {
    this.as = as;
    this.chat = key;
    this.thread = null;
    this.shell = shell;
    this.lines = [];
    this.drawn = new Map();
    this.missed = 0;
    this.spots = [];
    this.refresh = coalesce(() => this.load());
    this.composer = new Composer(this, () => { this.atEnd = true; this.refresh(); });
    this.atEnd = true;
    this.build();
  }

  build() {
    this.title = h("h2.pane-title", {});
    this.about = h("p.pane-about", {});
    this.who = h("select", { "aria-label": "以谁的身份看", onchange: () => this.become(Number(this.who.value)) });
    this.where = h("select", { "aria-label": "看哪个会话", onchange: () => this.turnTo(this.where.value) });
    this.mute = h("button.quiet", { type: "button", onclick: () => this.toggleMute() });
    const close = h("button.icon", { type: "button", "aria-label": "关闭窗口", title: "关闭窗口", onclick: () => this.shell.close(this) }, "×");
    this.pin = h("button.pin", { type: "button", hidden: true, onclick: () => this.nextPin() });
    this.topics = h("div.topics", { role: "group", "aria-label": "话题", hidden: true });
    this.list = h("ol.lines", {});
    this.scroller = h("div.scroller", {
      role: "log", "aria-live": "polite", tabindex: 0, onscroll: () => this.scrolled(), onkeydown: (event) => this.walk(event),
    }, this.list);
    this.down = h("button.down", { type: "button", hidden: true, onclick: () => this.toEnd() });
    this.element = h("section.pane", {},
      h("header.pane-head", {}, h("div.pane-names", {}, this.title, this.about), this.mute, close,
        h("div.pane-choice", {}, h("label", {}, h("span", {}, "身份"), this.who), this.where)),
      this.pin, this.topics, h("div.scroll-box", {}, this.scroller, this.down), this.composer.element);
    this.drawHead();
    // What takes room from the lines (a keyboard, the log) leaves the newest of them in sight.
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.scroller);
  }

  get group() {
    return !isPrivate(this.chat);
  }

  get name() {
    return part(this.as)?.name ?? user(this.as)?.name ?? String(this.as);
  }

  get unread() {
    return user(this.as)?.chats.find((one) => one.key === this.chat)?.unread ?? 0;
  }

  become(as) {
    const keep = this.group && user(as)?.chats.some((one) => one.key === this.chat && one.member);
    this.as = as;
    this.turnTo(keep ? this.chat : String(as));
  }

  turnTo(key) {
    this.chat = key;
    this.thread = null;
    this.lines = [];
    this.drawn.clear();
    fill(this.list);
    this.atEnd = true;
    this.composer.about({});
    this.drawHead();
    this.refresh();
    this.shell.changed();
  }

  drawHead() {
    const title = chatTitle(this.chat);
    const me = part(this.as);
    const members = chat(this.chat)?.members.filter((one) => !["left", "kicked"].includes(one.status)).length;
    // Whose screen it is says more than the bot's name, which every private chat would bear.
    fill(this.title, this.group ? title : this.name);
    fill(this.about, this.group ? `群 · ${members ?? 0} 人 · ${this.name}看到的` : [me?.title, `与${title}的私聊`].filter(Boolean).join(" · "));
    this.element.setAttribute("aria-label", `${title}，以${this.name}的身份`);
    this.scroller.setAttribute("aria-label", `${title}的消息`);
    const people = town.stage.cast.length ? town.stage.cast.map((one) => [one.person, `${one.name} · ${one.title}`])
      : town.world.users.map((one) => [one.id, one.name]);
    if (!people.some(([id]) => id === this.as)) people.push([this.as, this.name]);
    fillIfNew(this.who, people, () => people.map(([id, label]) => h("option", { value: id }, label)));
    this.who.value = this.as;
    const places = this.places();
    fillIfNew(this.where, places, () => places.map(([key, label]) => h("option", { value: key }, label)));
    this.where.value = this.chat;
    this.muted = Boolean(chat(this.chat)?.members.find((one) => one.user === this.as)?.muted);
    fill(this.mute, this.muted ? "取消免打扰" : "免打扰");
    this.mute.setAttribute("aria-pressed", String(this.muted));
    this.who.title = me?.hint ?? "";
    this.drawTopics();
  }

  places() {
    const known = (user(this.as)?.chats ?? []).filter((one) => one.member && one.kind !== "private").map((one) => [one.key, one.title]);
    return [[String(this.as), `${bot()?.name ?? "机器人"}（私聊）`], ...known];
  }

  drawTopics() {
    const record = chat(this.chat);
    this.topics.hidden = !record?.forum;
    fillIfNew(this.topics, [record?.topics, this.thread], () => [{ thread: null, name: "全部" }, ...(record?.topics ?? [])].map((topic) =>
      h("button.quiet", {
        type: "button", "aria-pressed": String(topic.thread === this.thread), "data-focus": String(topic.thread),
        onclick: () => { this.thread = topic.thread; this.drawTopics(); this.refresh(); },
      }, topic.name === "General" ? "综合" : topic.name, topic.closed && "（已关闭）")));
  }

  async load() {
    const asked = [this.as, this.chat, this.thread];
    try {
      const found = await get(`/play/chats/${encodeURIComponent(this.chat)}/messages`, { as: this.as, thread: this.thread });
      this.failed = null;
      if (String(asked) !== String([this.as, this.chat, this.thread])) return;
      this.take(found);
      if (!found.unread || !this.shell.visible(this)) return;
      await post("/play/read", { as: this.as, chat: this.chat });
      refreshWorld();
    } catch (error) {
      // A town that is away is said once, not by every pane at every change.
      if (this.failed !== error.message && !(error instanceof TypeError)) complain(error);
      this.failed = error.message;
    }
  }

  take({ messages, keyboard }) {
    const fresh = messages.at(-1)?.id > (this.lines.at(-1)?.id ?? 0) && this.lines.length > 0;
    const arrived = messages.filter((line) => line.id > (this.lines.at(-1)?.id ?? 0) && !line.own).length;
    this.lines = messages;
    this.draw();
    this.composer.showKeyboard(keyboard);
    this.composer.showStart(!this.group && !messages.length);
    const last = messages.at(-1);
    if (fresh && last.force_reply && !last.own) this.composer.about({ reply: last });
    // Whoever has just pressed a key further up wants to see what came of it.
    if (this.atEnd || (arrived && performance.now() - this.pressedAt < ANSWER_WITHIN)) this.toEnd();
    else if (fresh) this.missed += arrived;
    this.toSpot();
    this.drawDown();
  }

  // Marks words of a scene's step, each in the newest line that has them, and goes to the first.
  point(words) {
    this.spots = words;
    this.unspotted = words.length > 0;
    this.drawSpots();
    if (words.length) this.refresh();
  }

  drawSpots() {
    this.spotted = spot(this.list, this.spots, this.spotted);
  }

  toSpot() {
    if (!this.unspotted || !this.spotted?.length) return;
    this.unspotted = false;
    const { top, bottom } = this.spotted[0].getBoundingClientRect();
    const box = this.scroller.getBoundingClientRect();
    if (bottom > box.bottom - 8 || top < box.top + 8) this.scroller.scrollTop += top - box.top - box.height / 3;
  }

  // Only lines whose picture changed are made anew; the rest keep focus, selection and place.
  draw() {
    const kept = new Set(this.lines.map((line) => line.id));
    for (const [id, { node }] of this.drawn) {
      if (kept.has(id)) continue;
      node.remove();
      this.drawn.delete(id);
    }
    let place = this.list.firstChild;
    this.lines.forEach((line, index) => {
      const before = this.lines[index - 1];
      const key = keyOf(line, before, this.lines, this);
      let known = this.drawn.get(line.id);
      if (known?.key !== key) {
        const node = drawMessage(line, before, this.lines, this, this.acts());
        if (known) {
          const focus = known.node.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
          if (place === known.node) place = node;
          known.node.replaceWith(node);
          if (focus) (node.querySelector(`[data-focus="${CSS.escape(focus)}"]`) ?? this.scroller).focus();
        }
        known = { key, node };
        this.drawn.set(line.id, known);
      }
      if (place === known.node) place = place.nextSibling;
      else this.list.insertBefore(known.node, place);
    });
    this.drawPin();
    this.drawSpots();
  }

  acts() {
    return {
      bot: bot()?.username,
      command: (text) => this.composer.send(text),
      start: (payload) => this.begin(payload),
      reply: (line) => this.composer.about({ reply: line }),
      edit: (line) => this.composer.about({ editing: line }),
      remove: (line) => this.remove(line),
      jump: (id) => this.show(id),
      press: (line, button) => this.press(line, button),
    };
  }

  press(line, button) {
    this.pressedAt = performance.now();
    return press(this.as, this.chat, line.id, button.label, this.pressed());
  }

  pressed() {
    return {
      changed: () => this.draw(),
      query: (text) => {
        this.composer.input.value = `@${bot().username} ${text}`;
        this.composer.input.focus();
        this.composer.typed();
      },
      url: (address) => {
        const payload = deepLink(address, bot()?.username);
        if (payload !== null) this.begin(payload);
        else toast("按钮指向", { link: link(address, [address], this.acts()) });
      },
    };
  }

  async begin(payload) {
    await this.composer.start(payload);
    this.shell.openPrivate(this.as);
  }

  async remove(line) {
    if (!await confirmBox("为所有人删除这条消息？机器人不会收到通知，已记录的报告不会撤回。", "删除")) return;
    await this.composer.attempt("/play/delete", { as: this.as, chat: this.chat, message: line.id });
  }

  async toggleMute() {
    await this.composer.attempt("/play/mute", { as: this.as, chat: this.chat, on: !this.muted });
    refreshWorld();
  }

  drawPin() {
    const pins = this.lines.filter((line) => line.pinned);
    this.pin.hidden = !pins.length;
    if (!pins.length) return;
    this.pinAt = Math.min(this.pinAt ?? pins.length - 1, pins.length - 1);
    const shown = pins[this.pinAt];
    fill(this.pin, h("b", {}, pins.length > 1 ? `置顶 ${this.pinAt + 1}/${pins.length}` : "置顶"), h("span", {}, summary(shown)));
  }

  nextPin() {
    const pins = this.lines.filter((line) => line.pinned);
    this.show(pins[this.pinAt].id);
    this.pinAt = (this.pinAt - 1 + pins.length) % pins.length;
    this.drawPin();
  }

  show(id) {
    const node = this.drawn.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.remove("shown");
    requestAnimationFrame(() => node.classList.add("shown"));
  }

  // Up and down go from line to line; the tools of a line are reached by Tab while it has the focus.
  walk(event) {
    const lines = [...this.list.children];
    if (!["ArrowUp", "ArrowDown"].includes(event.key) || ![this.scroller, ...lines].includes(event.target) || !lines.length) return;
    event.preventDefault();
    const at = lines.indexOf(event.target);
    const to = event.key === "ArrowDown" ? at + 1 : (at < 0 ? lines.length : at) - 1;
    lines[Math.max(0, Math.min(to, lines.length - 1))].focus();
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (this.atEnd) this.missed = 0;
    this.drawDown();
  }

  drawDown() {
    this.down.hidden = this.atEnd;
    fill(this.down, this.missed ? `↓ ${this.missed} 条新消息` : "↓ 最新");
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.missed = 0;
    this.atEnd = true;
    this.drawDown();
  }
}
