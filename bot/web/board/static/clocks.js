// Clocks on the page: counted from the server's time, never from the machine's; standing still when that is not known.
import { clockTime, isLive, now } from "./live.js";
import { say } from "./words.js";

const SOON = 10 * 60_000;
const SHAPES = { late: "▲", soon: "◆", due: "●", now: "◆", maybe: "○", stands: "‖" };
const DAY = 86_400_000;

function length(span) {
  const seconds = Math.floor(Math.abs(span) / 1000);
  const pair = (value) => String(value).padStart(2, "0");
  if (span >= DAY) return `${say("days", { days: Math.floor(span / DAY) })} ${pair(Math.floor(seconds / 3600) % 24)}:${pair(Math.floor(seconds / 60) % 60)}`;
  const minutes = `${pair(Math.floor(seconds / 60) % 60)}:${pair(seconds % 60)}`;
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${minutes}` : minutes;
}

function state(kind, left) {
  if (kind !== "due") return kind;
  if (left <= 0) return "late";
  return left < SOON ? "soon" : "due";
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function count(clock, moment) {
  const [shape, word, time] = clock.children;
  const due = Number(clock.dataset.due);
  if (clock.dataset.kind === "stands") {
    clock.dataset.is = "stands";
    put(shape, SHAPES.stands);
    put(word, say("stands"));
    put(time, "");
    return;
  }
  if (moment === null || !isLive()) {
    // The moment itself stays true; what is left of it would not.
    put(word, clock.dataset.kind === "now" ? clock.dataset.by : say("until", { time: clockTime(due) }));
    put(time, "");
    return;
  }
  const left = due - moment;
  const is = state(clock.dataset.kind, left);
  clock.dataset.is = is;
  put(shape, SHAPES[is]);
  if (is === "now") put(word, `${clock.dataset.by} ${say("since")}`);
  else if (is === "maybe" && left <= 0) put(word, say("since"));
  else put(word, say(is === "late" ? "late" : "left"));
  put(time, length(left > 0 ? left + 999 : -left));
}

export function isLate(element) {
  return element.querySelector(".clock")?.dataset.is === "late";
}

// Brings every clock under an element up to date.
export function tick(under = document) {
  const moment = now();
  for (const clock of under.querySelectorAll(".clock[data-due]")) count(clock, moment);
  for (const item of under.querySelectorAll("[data-ends]")) {
    const over = moment !== null && isLive() && moment >= Number(item.dataset.ends);
    item.classList.toggle("over", over);
    const until = item.querySelector(".until");
    until.dataset.was ??= until.textContent;
    put(until, over ? say("ended") : until.dataset.was);
  }
}
