// What the page knows of the town, and how it follows it.
// Listeners: "world", "stage", "night" (the town began anew), "chat" (detail: key), "calls", "popups", "link".

import { get, post } from "./api.js";
import { coalesce } from "./dom.js";

export const town = new EventTarget();
town.world = { bots: [], users: [], chats: [], pending_updates: 0 };
town.stage = { now: null, night: 0, alive: true, rate: 0, rates: [], next: null, deadlines: [], cast: [], scenes: [], step: null };

let readAt = 0;
let asked = 0; // readings and acts are numbered: one that was asked before another's answer came tells of the past
let taken = 0;

const tell = (kind, detail) => town.dispatchEvent(new CustomEvent(kind, { detail }));

export async function loadWorld() {
  town.world = await get("/play/state");
  tell("world");
}

export async function loadStage() {
  const turn = ++asked;
  const stage = await get("/demo/state");
  if (turn > taken) takeStage(stage, turn);
}

// While the town is away, the stream says so and everything is read anew when it is back.
export const refreshWorld = coalesce(() => loadWorld().catch(() => {}));
export const refreshStage = coalesce(() => loadStage().catch(() => {}), 400);

function takeStage(stage, turn) {
  taken = turn;
  const anew = town.stage.night !== 0 && town.stage.night !== stage.night;
  town.stage = stage;
  readAt = performance.now();
  if (anew) tell("night");
  tell("stage");
}

// Carries out one of the strip's acts and takes over the state that it answers with.
export async function act(name, body = {}) {
  const stage = await post(`/demo/${name}`, body);
  takeStage(stage, ++asked);
  return stage;
}

// The virtual moment now, carried on from the last reading.
export function now() {
  if (!town.stage.now) return null;
  return new Date(Date.parse(town.stage.now) + (performance.now() - readAt) * town.stage.rate);
}

export const part = (person) => town.stage.cast.find((one) => one.person === person);
export const user = (person) => town.world.users.find((one) => one.id === person);
export const chat = (key) => town.world.chats.find((one) => one.key === key);
export const bot = () => town.world.bots[0];
export const isPrivate = (key) => !String(key).startsWith("-");

export function chatTitle(key) {
  if (isPrivate(key)) return bot()?.name ?? "机器人";
  return chat(key)?.title ?? key;
}

export function follow() {
  const changes = new EventSource("/play/events");
  changes.addEventListener("open", () => {
    tell("link", true);
    refreshWorld();
    refreshStage();
    tell("chat", null);
    tell("calls");
    tell("popups");
  });
  changes.addEventListener("error", () => {
    tell("link", false);
    // The browser comes back by itself except after an answer that was no stream.
    if (changes.readyState === EventSource.CLOSED) setTimeout(follow, 2000);
  });
  changes.addEventListener("change", (event) => {
    const change = JSON.parse(event.data);
    if (change.kind === "popup") tell("popups");
    if (change.kind === "call" || change.kind === "update") {
      tell("calls");
      refreshStage();
      if (change.kind === "call") return;
    }
    if (change.chat) tell("chat", change.chat);
    refreshWorld();
  });
}

// Virtual time runs on between two readings; the faster it runs, the sooner it is read again.
export function keepTime() {
  const again = () => {
    const wait = town.stage.rate > 1 ? 1000 : 5000;
    setTimeout(async () => {
      await Promise.all([refreshStage(), refreshWorld()]);
      again();
    }, wait);
  };
  again();
}
