// Puts the page together: panes, tabs, people, strip, log; and hands each change to those who show it.

import { fillIfNew, h } from "./dom.js";
import { Guide } from "./guide.js";
import { Intro, introToggle } from "./intro.js";
import { Log } from "./log.js";
import { remembered } from "./memory.js";
import { complain } from "./notices.js";
import { Pane } from "./pane.js";
import { drawPeople } from "./people.js";
import { Side } from "./side.js";
import { chatTitle, follow, keepTime, loadStage, loadWorld, part, town, user } from "./town.js";

const FIRST_PANES = 3;
const phone = matchMedia("(max-width: 759px)");
const $ = (id) => document.getElementById(id);

let panes = [];
let linked = true;

const shell = {
  changed: () => { remember(); drawFrame(); },
  close: (pane) => {
    panes = panes.filter((one) => one !== pane);
    pane.element.remove();
    remembered.view = Math.max(0, Math.min(Number(remembered.view) || 0, panes.length - 1));
    shell.changed();
  },
  visible: (pane) => !document.hidden && (!phone.matches || panes[remembered.view] === pane),
  openPrivate: (as) => show(as, String(as)),
};

function open(as, chat) {
  const pane = new Pane({ as, chat }, shell);
  panes.push(pane);
  $("panes").append(pane.element);
  pane.refresh();
  return pane;
}

// Brings a chat to the front, in a pane of its own when none shows it.
function show(as, chat) {
  const known = panes.find((pane) => pane.as === as && pane.chat === chat);
  const pane = known ?? open(as, chat);
  remembered.view = panes.indexOf(pane);
  shell.changed();
  pane.element.scrollIntoView({ inline: "nearest", block: "nearest" });
  pane.element.classList.remove("called");
  requestAnimationFrame(() => pane.element.classList.add("called"));
  pane.refresh();
}

// Shows the screens of a step: panes that show them stay where they are, others turn to them.
function arrange(looks) {
  const shows = (pane, look) => pane.as === look.person && pane.chat === look.chat;
  const free = panes.filter((pane) => !looks.some((look) => shows(pane, look)));
  panes.forEach((pane) => pane.point([]));
  for (const look of looks) {
    let pane = panes.find((one) => shows(one, look));
    if (!pane && free.length) {
      pane = free.pop();
      pane.as = look.person;
      pane.turnTo(look.chat);
    }
    pane ??= open(look.person, look.chat);
    pane.point(look.words);
  }
  const [first] = looks;
  if (first) show(first.person, first.chat);
}

function remember() {
  remembered.panes = panes.map(({ as, chat }) => ({ as, chat }));
}

function firstPanes() {
  const kept = (remembered.panes ?? []).filter(({ as, chat }) => part(as) && user(as) && (chat === String(as) || user(as).chats.some((one) => one.key === chat)));
  if (kept.length) return kept;
  const [first, ...others] = [...town.stage.cast].sort((a, b) => Boolean(b.opening) - Boolean(a.opening));
  if (!first) return [];
  const wanted = [{ as: first.person, chat: first.chats[0] }];
  for (const one of others) wanted.push(...one.chats.map((chat) => ({ as: one.person, chat })));
  return wanted.slice(0, FIRST_PANES);
}

// Closes what shows people of another cast; there is always somebody to look at.
function dismiss() {
  const gone = panes.filter((pane) => !part(pane.as));
  gone.forEach(shell.close);
  if (gone.length && !panes.length) firstPanes().forEach(({ as, chat }) => open(as, chat));
  if (gone.length) shell.changed();
}

function drawFrame() {
  const view = phone.matches ? remembered.view : null;
  panes.forEach((pane, index) => {
    pane.drawHead();
    pane.element.classList.toggle("current", view === null || view === index);
  });
  document.body.dataset.view = typeof view === "number" ? "panes" : view ?? "all";
  drawPeople($("people"), show, (as, chat) => panes.some((pane) => pane.as === as && pane.chat === chat));
  drawTabs();
}

function drawTabs() {
  const overdue = town.stage.deadlines.filter((one) => one.status === "overdue").length;
  const tabs = [{ view: "people", label: "人物", badge: 0 }, ...panes.map((pane, index) => ({
    view: index, label: pane.group ? chatTitle(pane.chat) : pane.name, note: pane.group ? pane.name : part(pane.as)?.title ?? "", badge: pane.unread,
  })), { view: "side", label: "时间", note: overdue ? `${overdue} 项逾期` : "", badge: 0 }];
  fillIfNew($("tabs"), [tabs, remembered.view], () => tabs.map(({ view, label, note, badge }) => h("button.tab", {
    type: "button", "aria-current": remembered.view === view ? "page" : null, "data-focus": String(view), onclick: () => turnTo(view),
  }, h("span.tab-label", {}, label), note && h("small", {}, note), badge > 0 && h("span.badge", {}, badge, h("span.sr", {}, "条未读")))));
}

function turnTo(view) {
  remembered.view = view;
  drawFrame();
  if (typeof view === "number") {
    panes[view].toEnd();
    panes[view].refresh();
  }
}

function drawLink() {
  const said = !linked ? "与小城的连接断了，正在重连…" : town.stage.alive ? "" : "机器人断电中";
  const element = document.querySelector(".link-state");
  if (element.textContent !== said) element.textContent = said;
}

async function begin() {
  await Promise.all([loadWorld(), loadStage()]);
  const side = new Side($("side"), document.querySelector(".top-clock"));
  const log = new Log($("log"), remembered);
  const intro = new Intro(show);
  const guide = new Guide($("script"), arrange);
  introToggle($("intro-toggle"), $("intro"), () => guide.draw());
  firstPanes().forEach(({ as, chat }) => open(as, chat));
  if (town.stage.step) arrange(town.stage.step.looks);
  town.addEventListener("world", () => { drawFrame(); log.draw(); side.drawPower(); });
  town.addEventListener("night", () => { log.forget(); panes.forEach((pane) => pane.turnTo(pane.chat)); dismiss(); });
  town.addEventListener("stage", () => { side.draw(); intro.draw(); guide.draw(); drawTabs(); drawLink(); });
  town.addEventListener("chat", ({ detail }) => panes.forEach((pane) => (detail === null || pane.chat === detail) && pane.refresh()));
  town.addEventListener("calls", () => log.refresh());
  town.addEventListener("link", ({ detail }) => { linked = detail; drawLink(); });
  phone.addEventListener("change", drawFrame);
  document.addEventListener("visibilitychange", () => panes.forEach((pane) => pane.refresh()));
  side.draw();
  intro.draw();
  guide.draw();
  drawFrame();
  follow();
  keepTime();
  document.body.classList.add("ready");
}

begin().catch(complain);
