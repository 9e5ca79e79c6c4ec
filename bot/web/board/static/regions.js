// The regions of a page: what the server told of each, in its order; only what changed is touched.
import { fill } from "./html.js";
import { say } from "./words.js";

const regions = new Map(
  [...document.querySelectorAll("[data-region]")].map((element) => [element.dataset.region, element]),
);

const items = (region) => [...region.children];
const keyOf = (item) => item.dataset.key;

function find(key) {
  for (const region of regions.values()) {
    const item = items(region).find((one) => keyOf(one) === key);
    if (item) return item;
  }
  return null;
}

function place(region, item) {
  const next = items(region).find((one) => one !== item && one.dataset.order > item.dataset.order);
  if (next ? item.nextElementSibling !== next : item.nextElementSibling !== null || item.parentNode !== region) {
    region.insertBefore(item, next ?? null);
  }
}

function put(fragment) {
  const region = regions.get(fragment.region);
  if (!region) return null;
  let item = items(region).find((one) => keyOf(one) === fragment.key);
  const isNew = !item;
  if (isNew) {
    item = document.createElement("div");
    item.className = "item";
    item.dataset.key = fragment.key;
  }
  const focused = item.contains(document.activeElement);
  fill(item, fragment.html);
  item.dataset.order = fragment.order;
  place(region, item);
  if (focused) item.querySelector("a")?.focus();
  return isNew ? item : null;
}

// Takes over what a step of the server tells; returns the incidents that are new to a page that was there before.
export function take(step) {
  if (!step.fragments) return;
  const fresh = [];
  if (step.fresh) {
    const kept = new Set(step.fragments.map((one) => one.key));
    for (const region of regions.values()) {
      for (const item of items(region)) if (!kept.has(keyOf(item))) item.remove();
    }
  }
  for (const key of step.gone) find(key)?.remove();
  for (const fragment of step.fragments) {
    const item = put(fragment);
    if (item && fragment.region === "incidents") fresh.push(item);
  }
  if (!step.fresh) announce(fresh);
  for (const region of regions.values()) {
    const none = region.parentElement.querySelector(".none");
    if (none) none.hidden = region.children.length > 0;
  }
  counted();
}

function announce(fresh) {
  const titles = fresh.map((item) => item.querySelector("[data-title]").dataset.title.trim());
  if (titles.length) document.getElementById("fresh").textContent = titles.map((title) => say("fresh", { title })).join("；");
}

function counted() {
  const counts = document.getElementById("counts");
  const region = regions.get("incidents");
  if (!counts || !region) return;
  const drill = region.querySelectorAll(".tile.drill").length;
  const real = region.children.length - drill;
  const parts = [say("counts", { real })];
  if (drill) parts.push(say("counts_drill", { drill }));
  counts.textContent = parts.join(" · ");
}
