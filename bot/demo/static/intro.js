// The first lines that a visitor reads: one sentence to send.

import { post } from "./api.js";
import { fillIfNew, h } from "./dom.js";
import { complain } from "./notices.js";
import { remembered } from "./memory.js";
import { town, user } from "./town.js";

export class Intro {
  // `show(as, chat)` brings a chat to the front.
  constructor(show) {
    this.show = show;
    this.opening = document.getElementById("opening");
    town.addEventListener("night", () => { this.sent = null; this.draw(); });
  }

  draw() {
    const part = town.stage.step ? null : town.stage.cast.find((one) => one.opening && !this.begun(one));
    fillIfNew(this.opening, part ?? null, () => part ? h("p.opening", {}, h("span", {}, `先试一句，以${part.title}${part.name}的身份：`),
      h("q", {}, part.opening), h("button.solid", { type: "button", id: "send-opening", onclick: () => this.open(part).catch(complain) }, "发送这句话")) : []);
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
}

export function introToggle(button, section, changed) {
  const draw = () => {
    section.hidden = remembered.introHidden;
    button.setAttribute("aria-expanded", String(!remembered.introHidden));
    changed();
  };
  button.addEventListener("click", () => {
    remembered.introHidden = !remembered.introHidden;
    draw();
  });
  draw();
}
