// The board of one person: the list keeps itself up to date, the page of one case is fetched anew when it has changed.
import { tick } from "./clocks.js";
import { parsed } from "./html.js";
import { anew, follow, start } from "./live.js";
import { take } from "./regions.js";

const key = document.body.dataset.key;
let known = false;

async function refresh() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
    const page = parsed(await answer.text()).getElementById("page");
    if (!answer.ok || page === null) {
      anew();
      return;
    }
    document.getElementById("page").replaceWith(page);
    tick();
  } catch {
    // the connection is gone: the page says so by itself
  }
}

follow((step) => {
  if (!step.fragments) return;
  take(step);
  const mine = step.fragments.some((one) => one.key === key) || step.gone.includes(key);
  if (key && mine && known) refresh();
  known = true;
  tick();
});
start(tick);
