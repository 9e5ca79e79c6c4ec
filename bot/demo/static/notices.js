// What the page says by itself: a passing line, a dialog that must be dismissed, a question.

import { h } from "./dom.js";

const SHOWN_FOR = 6000;

export function toast(text, { who = "", link = null, bad = false } = {}) {
  const line = h(bad ? "p.toast.bad" : "p.toast", {}, who && h("b", {}, who), who && " ", text, link && [" ", link]);
  document.getElementById("toasts").append(line);
  setTimeout(() => line.remove(), SHOWN_FOR);
}

export function complain(error) {
  toast(error.message, { bad: true });
}

export function alertBox(text, who = "") {
  return dialog(text, who, [["知道了", true]]);
}

export function confirmBox(text, yes) {
  return dialog(text, "", [["取消", false], [yes, true]]);
}

function dialog(text, title, choices) {
  return new Promise((done) => {
    const buttons = choices.map(([label, value], index) =>
      h(index === choices.length - 1 ? "button.solid" : "button", { type: "button", onclick: () => close(value) }, label));
    const box = h("dialog.box", { "aria-label": title || "提示" }, title && h("h2", {}, title), h("p", {}, text),
      h("div.box-buttons", {}, buttons));
    const close = (value) => {
      box.close();
      box.remove();
      done(value);
    };
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      close(false);
    });
    document.body.append(box);
    box.showModal();
    buttons.at(-1).focus();
  });
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("已复制");
  } catch {
    toast("浏览器不允许复制，请手动选取文字", { bad: true });
  }
}
