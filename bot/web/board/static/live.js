// The connection: events of the server, its time, and whether what the page shows is still so.
import { say } from "./words.js";

const STALE = 20_000; // milliseconds without a word after which nothing on the page is live; the server beats each 5 s
const SLEPT = 3_000; // the machine's clock and the page's own went apart by so much: it slept, or was set
const PAUSES = [1_000, 2_000, 5_000];

const root = document.documentElement;
const lost = document.getElementById("lost");
const live = document.getElementById("live");

let base = null; // the server's time, at a moment of the page's own, which only grows; and how fast it passes
let heard = -Infinity; // on the page's own clock
let told = 0; // the server's time when it was heard last
let stuck = "";
let stuckAt = 0;
let apart = 0;
let source = null;
let tries = 0;
let ended = false;
let leaving = false;
const listeners = [];
const changes = [];

const machine = () => Date.now() - performance.now();

// The server's time now, in milliseconds; null until it has told it.
export function now() {
  return base === null ? null : base.server + (performance.now() - base.mine) * base.rate;
}

export function isLive() {
  const fresh = performance.now() - heard < STALE && Math.abs(machine() - apart) < SLEPT;
  return fresh && stuck === "";
}

export function clockTime(moment, seconds = false) {
  const options = { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (seconds) options.second = "2-digit";
  return new Intl.DateTimeFormat("zh-CN", options).format(new Date(moment));
}

// Calls back with each step that the server tells.
export function follow(listener) {
  listeners.push(listener);
}

// Calls back when the page becomes live, or is it no more.
export function onState(listener) {
  changes.push(listener);
}

// Loads the page anew; not while a form of it is on its way: its answer would be lost.
export function anew() {
  if (!leaving) location.reload();
}

document.addEventListener("submit", () => {
  leaving = ended = true;
  source?.close();
});

function take(event) {
  const step = JSON.parse(event.data);
  const mine = performance.now();
  const ahead = now() - step.now;
  // What is told late on its way makes the clock go back a little: only a true change of the server's clock may.
  if (base === null || base.rate !== step.rate || ahead < 0 || ahead > 2_000) base = { server: step.now, mine, rate: step.rate };
  heard = mine;
  apart = machine();
  told = step.now;
  if (step.stuck && !stuck) stuckAt = step.now;
  stuck = step.stuck;
  tries = 0;
  if (step.version !== document.body.dataset.version) {
    anew();
    return;
  }
  if (root.dataset.page === "wall") root.dataset.light = step.light;
  for (const listener of listeners) listener(step);
  show();
}

function open() {
  source?.close();
  source = new EventSource(document.body.dataset.events);
  source.addEventListener("change", take);
  source.addEventListener("beat", take);
  source.addEventListener("ended", () => {
    ended = true;
    source.close();
    anew(); // the server says what comes now: the code of a wall, or how a person comes in again
  });
  source.addEventListener("error", () => {
    if (!ended && source.readyState === EventSource.CLOSED) again();
  });
}

async function again() {
  source.close();
  const pause = PAUSES[Math.min(tries, PAUSES.length - 1)];
  tries += 1;
  await new Promise((done) => setTimeout(done, pause));
  try {
    const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
    const page = await answer.text();
    if (answer.status < 500 && !page.includes(`data-page="${root.dataset.page}"`)) {
      anew();
      return;
    }
  } catch {
    // nobody is there yet
  }
  open();
}

function show() {
  const alive = isLive();
  const before = root.dataset.state;
  root.dataset.state = alive ? "live" : base === null ? "connecting" : "lost";
  if (alive || base === null) {
    lost.hidden = true;
  } else {
    const time = clockTime(stuck ? stuckAt : told);
    const words = stuck ? say("stuck", { why: say(`stuck_${stuck}`), time }) : say("lost", { time });
    if (lost.textContent !== words) lost.textContent = words;
    lost.hidden = false;
  }
  const age = Math.max(0, Math.round((performance.now() - heard) / 1000));
  const text = alive ? `${say("live")} ${say("age", { seconds: age })}` : say("cut");
  if (base !== null && live.lastElementChild.textContent !== text) live.lastElementChild.textContent = text;
  if (before !== root.dataset.state) for (const listener of changes) listener();
}

let watched = performance.now();

export function start(tick) {
  open();
  setInterval(() => {
    const mine = performance.now();
    // A connection that is open and says nothing is none.
    if (mine - Math.max(heard, watched) > STALE && source.readyState !== EventSource.CLOSED && !ended) {
      watched = mine;
      open();
    }
    show();
    tick();
  }, 250);
}
