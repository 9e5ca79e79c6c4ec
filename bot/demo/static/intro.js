// The first lines that a visitor reads: one sentence to send, and the scenes that play a night step by step.

import { post } from "./api.js";
import { fillIfNew, h } from "./dom.js";
import { complain, confirmBox } from "./notices.js";
import { remembered } from "./memory.js";
import { act, town, user } from "./town.js";

export class Intro {
  // `show(as, chat)` brings a chat to the front.
  constructor(show) {
    this.show = show;
    this.opening = document.getElementById("opening");
    this.script = document.getElementById("script");
    this.step = null;
  }

  draw() {
    const part = town.stage.cast.find((one) => one.opening && !this.begun(one));
    fillIfNew(this.opening, part, () => part && h("p.opening", {}, h("span", {}, `先试一句，以${part.title}${part.name}的身份：`),
      h("q", {}, part.opening), h("button.solid", { type: "button", id: "send-opening", onclick: () => this.open(part).catch(complain) }, "发送这句话")));
    this.drawScript();
  }

  // The sentence is offered to a town in which nothing has happened yet.
  begun(part) {
    return town.stage.deadlines.length > 0 || this.sent === part.person;
  }

  async open(part) {
    const [chat] = part.chats;
    this.sent = part.person;
    this.show(part.person, chat);
    const spoken = user(part.person)?.chats.find((one) => one.key === chat)?.last;
    if (!spoken && chat === String(part.person)) await post("/play/start", { as: part.person });
    await post("/play/send", { as: part.person, chat, text: part.opening });
    this.draw();
  }

  drawScript() {
    const { scenes } = town.stage;
    this.script.hidden = !scenes.length || (remembered.introHidden && !this.step);
    if (this.script.hidden) return;
    fillIfNew(this.script, [scenes, this.step, this.scene], () => {
      const choice = h("select", { "aria-label": "选一个夜晚" }, scenes.map((scene) => h("option", { value: scene.key, title: scene.about }, scene.title)));
      if (this.scene) choice.value = this.scene;
      const about = h("span.script-text", {}, this.step ? h("b", {}, `${this.step.number}/${this.step.of}`) : null,
        this.step ? ` ${this.step.text}` : this.scene ? "演完了。可以接着自己试。" : "也可以看着演，一步一步来：");
      return [about, choice, h("button", { type: "button", "data-focus": "play", onclick: () => this.begin(choice.value) }, this.step ? "从头演" : "开始"),
        this.step && h("button.solid", { type: "button", "data-focus": "step", onclick: () => this.next() }, "下一步")];
    });
  }

  async begin(scene) {
    if (!await confirmBox("演示从最初的时刻开始，现有的会话和记录会清空。", "开始演示")) return;
    this.scene = scene;
    await this.take(() => act("play", { scene }));
  }

  next() {
    return this.take(() => act("step"));
  }

  async take(doing) {
    try {
      const { step } = await doing();
      this.step = step;
      this.drawScript();
      if (step?.person && step.chat) this.show(step.person, step.chat);
      this.script.querySelector("[data-focus=step]")?.focus();
    } catch (error) {
      complain(error);
    }
  }
}

export function introToggle(button, section, changed) {
  const draw = () => {
    changed();
    section.hidden = remembered.introHidden;
    button.setAttribute("aria-expanded", String(!remembered.introHidden));
  };
  button.addEventListener("click", () => {
    remembered.introHidden = !remembered.introHidden;
    draw();
  });
  draw();
}
