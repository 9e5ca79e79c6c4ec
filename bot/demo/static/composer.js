// Where a person writes: text, commands, inline queries, photo, voice, and the keyboard that the bot laid out.

import { get, post } from "./api.js";
import { fill, fillIfNew, h } from "./dom.js";
import { complain } from "./notices.js";
import { summary } from "./message.js";
import { bot } from "./town.js";

const INLINE_PAUSE = 300;
let count = 0;

// `view` is the pane's {as, chat, thread}; `done` is called after anything was sent.
export class Composer {
  constructor(view, done) {
    this.view = view;
    this.done = done;
    this.reply = null;
    this.editing = null;
    this.picked = 0;
    this.offers = [];
    const id = `composer-${(count += 1)}`;
    this.context = h("div.context", { hidden: true });
    this.menu = h("ul.menu", { id: `${id}-menu`, role: "listbox", "aria-label": "可选项", hidden: true });
    this.input = h("textarea.input", {
      rows: 1, "aria-label": "写消息", placeholder: "写消息", "aria-autocomplete": "list", "aria-controls": `${id}-menu`, enterkeyhint: "send",
      onkeydown: (event) => this.key(event), oninput: () => this.typed(),
    });
    this.file = h("input", { type: "file", accept: "image/*", id: `${id}-file`, class: "sr", onchange: () => this.photo() });
    const form = h("form.composer", { onsubmit: (event) => { event.preventDefault(); this.send(); } },
      h("div.attach", {}, this.file, h("label.icon", { for: `${id}-file`, title: "发送照片" }, clip(), h("span.sr", {}, "发送照片"))),
      h("button.icon", { type: "button", title: "命令", "aria-label": "命令", onclick: () => this.slash() }, "/"),
      this.input,
      h("button.icon", { type: "button", title: "发送一段语音（示意）", "aria-label": "发送一段语音（示意）", onclick: () => this.voice() }, microphone()),
      h("button.send", { type: "submit" }, "发送"));
    this.keyboard = h("div.keyboard", { role: "group", "aria-label": "快捷键盘", hidden: true });
    this.startButton = h("button.start", { type: "button", hidden: true, onclick: () => this.start() }, "开始使用（/start）");
    this.element = h("div.writing", {}, this.context, this.menu, this.startButton, form, this.keyboard);
  }

  target() {
    const { as, chat, thread } = this.view;
    return thread ? { as, chat, thread } : { as, chat };
  }

  async attempt(path, body) {
    try {
      const answer = await post(path, body);
      this.done();
      return answer;
    } catch (error) {
      complain(error);
      return null;
    }
  }

  async send(text = this.input.value) {
    if (!text.trim()) return;
    const { as, chat } = this.view;
    const sent = this.editing
      ? await this.attempt("/play/edit", { as, chat, message: this.editing.id, text })
      : await this.attempt("/play/send", { ...this.target(), text, reply_to: this.reply?.id });
    if (!sent) return;
    this.input.value = "";
    this.about({});
    this.offer([]);
  }

  start(payload = "") {
    return this.attempt("/play/start", { as: this.view.as, payload });
  }

  async photo() {
    const [file] = this.file.files;
    if (!file) return;
    this.file.value = "";
    const data = await base64(file);
    if (await this.attempt("/play/photo", { ...this.target(), data, caption: this.input.value.trim() })) this.input.value = "";
  }

  voice() {
    return this.attempt("/play/voice", this.target());
  }

  // Sets what the next message replies to or changes.
  about({ reply = null, editing = null }) {
    this.reply = reply;
    this.editing = editing;
    const line = reply ?? editing;
    this.context.hidden = !line;
    fill(this.context, line && [h("p", {}, h("b", {}, editing ? "修改消息" : `回复 ${line.sender}`), h("span", {}, summary(line))),
      h("button.icon", { type: "button", "aria-label": "取消", onclick: () => this.about({}) }, "×")]);
    if (editing) this.input.value = editing.text;
    if (line) this.input.focus();
  }

  showKeyboard(rows) {
    this.keyboard.hidden = !rows?.length;
    fillIfNew(this.keyboard, rows, () => (rows ?? []).map((row) => h("div.key-row", {}, row.map((label) =>
      h("button.key", { type: "button", "data-focus": label, onclick: () => this.attempt("/play/tap", { ...this.target(), label }) }, label)))));
  }

  // A private chat in which nothing was said yet offers its first step, as the app does.
  showStart(wanted) {
    this.startButton.hidden = !wanted;
  }

  key(event) {
    // Enter that ends the input of a Chinese word is not Enter.
    if (event.isComposing || event.keyCode === 229) return;
    if (this.offers.length && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.pick((this.picked + step + this.offers.length) % this.offers.length);
    } else if (this.offers.length && (event.key === "Tab" || event.key === "Enter") && !event.shiftKey) {
      event.preventDefault();
      this.take(this.offers[this.picked]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape") {
      this.offer([]);
      this.about({});
    }
  }

  slash() {
    this.input.value = "/";
    this.input.focus();
    this.typed();
  }

  async typed() {
    clearTimeout(this.pause);
    const text = this.input.value;
    const inline = bot() && new RegExp(`^@${bot().username}\\s(.*)$`, "is").exec(text);
    if (inline) {
      this.pause = setTimeout(() => this.ask(inline[1]), INLINE_PAUSE);
      return;
    }
    if (!/^\/\w*$/.test(text)) return this.offer([]);
    try {
      const { commands } = await get("/demo/commands", { as: this.view.as, chat: this.view.chat });
      if (this.input.value !== text) return;
      const fitting = commands.filter(({ command }) => command.startsWith(text.slice(1)));
      this.offer(fitting.map(({ command, description }) => ({ title: `/${command}`, note: description, insert: `/${command} ` })));
    } catch (error) {
      complain(error);
    }
  }

  async ask(query) {
    const { as, chat } = this.view;
    try {
      const { ask } = await post("/play/inline", { as, chat, query, wait: 5 });
      if (!this.input.value.endsWith(query)) return;
      this.offer(ask.results.map((result, index) => ({
        title: result.title ?? ask.titles?.[index] ?? result.id, note: result.description ?? "", choose: { as, chat, ask: ask.id, result: result.id },
      })));
    } catch (error) {
      complain(error);
    }
  }

  async take(offer) {
    this.offer([]);
    if (offer.choose) {
      if (await this.attempt("/play/choose", offer.choose)) this.input.value = "";
    } else {
      this.input.value = offer.insert;
    }
    this.input.focus();
  }

  offer(offers) {
    this.offers = offers;
    this.menu.hidden = !offers.length;
    fill(this.menu, offers.map((offer, index) => h("li.offer", {
      id: `${this.menu.id}-${index}`, role: "option", onmousedown: (event) => { event.preventDefault(); this.take(offer); },
    }, h("b", {}, offer.title), h("span", {}, offer.note))));
    this.pick(0);
  }

  pick(index) {
    this.picked = index;
    [...this.menu.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    if (this.offers.length) {
      this.input.setAttribute("aria-activedescendant", `${this.menu.id}-${index}`);
      this.menu.children[index].scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }
}

function base64(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
}

function drawing(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const line = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

const clip = () => drawing("M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7L9.7 17.2a1.7 1.7 0 0 1-2.4-2.4l7.4-7.4");
const microphone = () => drawing("M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4M9 21h6");
