// Pressed inline buttons that wait for the bot. The answer comes as a pop-up change, not by a request that hangs.

import { get, post } from "./api.js";
import { coalesce } from "./dom.js";
import { alertBox, complain, copy, toast } from "./notices.js";
import { bot, town } from "./town.js";

const PATIENCE = 20000;
const waiting = new Map();

const keyOf = (as, chat, message, label) => JSON.stringify([as, chat, message, label]);

export const isPending = (as, chat, message, label) => [...waiting.values()].some((one) => one.key === keyOf(as, chat, message, label));

// Presses a button as a person; `acts.url(address)` and `acts.query(text)` serve buttons that do not ask the bot.
export async function press(as, chat, message, label, acts) {
  const mark = Symbol(label);
  const entry = { key: keyOf(as, chat, message, label), as, chat, acts };
  waiting.set(mark, entry);
  acts.changed();
  try {
    const { press: made } = await post("/play/press", { as, chat, message, button: label });
    waiting.delete(mark);
    if (made.answered || !made.id) return settle(entry, made);
    waiting.set(made.id, entry);
    entry.timer = setTimeout(() => giveUp(made.id), PATIENCE);
    // The answer may have come before the id was known here.
    readAnswers();
  } catch (error) {
    waiting.delete(mark);
    complain(error);
  }
  acts.changed();
}

function settle(entry, made) {
  clearTimeout(entry.timer);
  entry.acts.changed();
  if (made.copied) return copy(made.copied);
  if (made.query !== null && made.query !== undefined) return entry.acts.query(made.query);
  if (made.url) return entry.acts.url(made.url);
  if (!made.text) return undefined;
  return made.alert ? alertBox(made.text, bot()?.name) : toast(made.text, { who: bot()?.name });
}

function giveUp(id) {
  const entry = waiting.get(id);
  if (!entry) return;
  waiting.delete(id);
  entry.acts.changed();
  toast("机器人还没有应答，可以再按一次", { bad: true });
}

const readAnswers = coalesce(async () => {
  const people = new Set([...waiting].filter(([id]) => typeof id === "string").map(([, entry]) => entry.as));
  for (const as of people) {
    const { popups } = await get("/play/popups", { as });
    for (const made of popups) {
      const entry = waiting.get(made.id);
      if (!entry) continue;
      waiting.delete(made.id);
      settle(entry, made);
    }
  }
}, 50);

town.addEventListener("popups", () => readAnswers().catch(complain));
