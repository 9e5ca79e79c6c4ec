// Elements are made here and nowhere else: children that are not nodes become text nodes, so no text is ever read as markup.

export function h(tag, given = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.classList.add(...value.split(" ").filter(Boolean));
    else if (key === "value" || key === "checked" || key === "disabled" || key === "hidden") element[key] = value;
    else element.setAttribute(key, value === true && !key.startsWith("aria-") ? "" : String(value));
  }
  fill(element, ...children);
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Replaces what an element shows only when `key` differs from last time, so that focus and open lists survive.
export function fillIfNew(element, key, make) {
  const known = JSON.stringify(key);
  if (element.shownKey === known) return false;
  element.shownKey = known;
  const focused = element.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  fill(element, make());
  if (focused) element.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  return true;
}

// Runs `work` at most once at a time; calls that come meanwhile are answered by one more run after `gap` milliseconds.
export function coalesce(work, gap = 150) {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        await work();
        if (again) await new Promise((done) => setTimeout(done, gap));
      }
    } finally {
      running = false;
    }
  };
}
