// Scenes: a night is played step by step; each step says what the plan demands and brings the screens that show it to the front.

import { fillIfNew, h } from "./dom.js";
import { complain, confirmBox, toast } from "./notices.js";
import { remembered } from "./memory.js";
import { wall } from "./side.js";
import { act, chatTitle, isPrivate, part, town } from "./town.js";

export class Guide {
  // `arrange(looks)` shows these screens and points at their words.
  constructor(element, arrange) {
    this.element = element;
    this.arrange = arrange;
    this.choosing = false;
    this.busy = false;
  }

  get over() {
    const { step } = town.stage;
    return !step || step.number === step.of;
  }

  draw() {
    const { scenes, step } = town.stage;
    this.element.hidden = !scenes.length || (remembered.introHidden && !step);
    if (this.element.hidden) return;
    fillIfNew(this.element, [scenes, step, this.choosing, this.busy], () => [
      step && this.told(step),
      (this.over || this.choosing) && this.choice(scenes, step),
    ]);
  }

  told(step) {
    const scene = town.stage.scenes.find((one) => one.key === step.scene);
    const screens = step.looks.map((look, index) => h("button.quiet.look", { type: "button", "data-focus": `look ${index}`, onclick: () => this.arrange([look]) },
      isPrivate(look.chat) ? `${part(look.person)?.name ?? ""}的私聊` : chatTitle(look.chat)));
    return h("div.told", {},
      h("p.told-where", {}, h("span", {}, scene?.title ?? ""), h("progress", { max: step.of, value: step.number, "aria-label": "演到" }), h("b", {}, `${step.number}/${step.of}`)),
      h("p.told-text", {}, step.text, step.clause && [" ", h("span.told-clause", {}, step.clause === "本地规定" ? step.clause : `预案 ${step.clause}`)]),
      step.popups.length > 0 && h("p.told-popups", {}, `按键应答：${[...new Set(step.popups)].join("　")}`),
      h("p.told-acts", {}, screens.length > 0 && h("span.told-looks", {}, h("span", {}, "看："), screens, step.wall && wall()),
        !this.over && h("button.solid", { type: "button", "data-focus": "step", "aria-disabled": String(this.busy), onclick: () => this.next() }, this.busy ? "稍等…" : "下一步"),
        !this.over && h("button.quiet", { type: "button", "data-focus": "other", "aria-expanded": String(this.choosing), onclick: () => this.toggle() }, "换一幕")));
  }

  choice(scenes, step) {
    const lead = !step ? "看一夜怎么过，一步一步来：" : this.over ? "演完了。可以接着自己试，也可以再看一幕：" : "从头演：";
    return h("div.scenes", {}, h("span", {}, lead), scenes.map((scene) => h("button.scene", {
      type: "button", "data-focus": `scene ${scene.key}`, "aria-disabled": String(this.busy), onclick: () => this.begin(scene),
    }, h("b", {}, scene.title), scene.about && h("small", {}, scene.about))));
  }

  toggle() {
    this.choosing = !this.choosing;
    this.draw();
  }

  async begin(scene) {
    if (town.stage.deadlines.length && !await confirmBox("演示从最初的时刻开始，现有的会话和记录会清空。", "开始演示")) return;
    await this.take(() => act("play", { scene: scene.key }));
  }

  next() {
    return this.take(() => act("step"));
  }

  async take(doing) {
    if (this.busy) return;
    this.busy = true;
    this.choosing = false;
    this.draw();
    try {
      const { played, stuck } = await doing();
      if (stuck) toast(stuck, { bad: true });
      if (played) this.arrange(played.looks);
    } catch (error) {
      complain(error);
    } finally {
      this.busy = false;
      this.draw();
      this.element.querySelector("[data-focus=step]")?.focus();
    }
  }
}
