// The wall: nobody touches it. What does not fit at once is shown in turns, and it says how much that is.
import { isLate, tick } from "./clocks.js";
import { clockTime, follow, isLive, now, onState, start } from "./live.js";
import { take } from "./regions.js";
import { say } from "./words.js";

const TURN = 10_000; // milliseconds that a page of tiles is shown
const MOST = 8; // tiles on a wall that can be read at four metres
const FIXED = 4; // of them, the most urgent stay where they are
const SMALLEST = 4;
const OLD = 24 * 3_600_000;

const incidents = document.querySelector('[data-region="incidents"]');
const panels = [...document.querySelectorAll("aside [data-region]")];
const hidden = document.getElementById("hidden");
const clock = document.getElementById("clock");

let turn = 0;
let pages = new Map(); // of each panel: lists of items that fit together

// Lets the words of a tile be as large as its room allows.
function fit(item) {
  const tile = item.firstElementChild;
  delete tile.dataset.fit;
  for (let size = 1; size <= SMALLEST && tile.scrollHeight > tile.clientHeight + 1; size += 1) tile.dataset.fit = size;
}

// Drills come last, and before them what has been overdue for days: neither may hide what happens tonight.
function weight(item) {
  if (item.firstElementChild.classList.contains("drill")) return 2;
  const due = item.querySelector('.clock[data-kind="due"]')?.dataset.due;
  return due && now() !== null && now() - Number(due) > OLD ? 1 : 0;
}

function tiles() {
  const all = [...incidents.children].sort((one, other) => weight(one) - weight(other));
  const count = all.length;
  incidents.dataset.count = count === 1 ? "one" : count === 2 ? "few" : count <= 4 ? "some" : "many";
  let shown = all;
  if (count > MOST) {
    const rest = all.slice(FIXED);
    const each = MOST - FIXED;
    const total = Math.ceil(rest.length / each);
    const page = turn % total;
    shown = [...all.slice(0, FIXED), ...rest.slice(page * each, (page + 1) * each)];
    const late = all.filter((item) => !shown.includes(item) && isLate(item)).length;
    hidden.textContent =
      say("hidden", { count: count - shown.length, page: page + 1, pages: total }) + (late ? say("hidden_late", { count: late }) : "");
  }
  hidden.hidden = count <= MOST;
  const visible = new Set(shown);
  for (const item of all) item.hidden = !visible.has(item);
  shown.forEach((item, place) => { item.style.order = place; });
  tick(incidents);
  for (const item of shown) fit(item);
}

function measure() {
  pages = new Map();
  for (const panel of panels) for (const item of panel.children) item.hidden = false;
  for (const panel of panels) {
    const room = panel.clientHeight;
    const lists = [[]];
    let used = 0;
    for (const item of panel.children) {
      const height = item.offsetHeight;
      if (used + height > room + 1 && lists.at(-1).length) {
        lists.push([]);
        used = 0;
      }
      lists.at(-1).push(item);
      used += height;
    }
    pages.set(panel, lists);
  }
}

function turned() {
  for (const [panel, lists] of pages) {
    const page = turn % lists.length;
    const visible = new Set(lists[page]);
    for (const item of panel.children) item.hidden = !visible.has(item);
    const heading = panel.parentElement.querySelector("h2");
    heading.dataset.page = lists.length > 1 ? `${page + 1}/${lists.length}` : "";
  }
}

function lay() {
  measure();
  turned();
  tiles();
}

follow((step) => {
  if (!step.fragments) return;
  take(step);
  lay();
});
window.addEventListener("resize", lay);
onState(() => {
  tick();
  lay();
});
document.fonts?.ready.then(lay);
setInterval(() => {
  turn += 1;
  turned();
  tiles();
}, TURN);
start(() => {
  tick();
  const moment = now();
  clock.textContent = moment === null || !isLive() ? "--:--:--" : clockTime(moment, true);
});
