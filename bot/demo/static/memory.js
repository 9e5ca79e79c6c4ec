// What survives a reload: which panes are open, which view a phone shows, whether intro and log are open.

const KEY = "tocsin-demo";
const FRESH = { panes: null, view: 0, introHidden: false, logOpen: false };

function read() {
  try {
    const known = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return { ...FRESH, ...(known && typeof known === "object" ? known : {}) };
  } catch {
    return { ...FRESH };
  }
}

export const remembered = new Proxy(read(), {
  set(target, name, value) {
    target[name] = value;
    try {
      localStorage.setItem(KEY, JSON.stringify(target));
    } catch {
      // A browser that keeps nothing still works until it is closed.
    }
    return true;
  },
});
