// Words that a step of a scene points at, marked without touching the text; where a browser cannot, the line is framed alone.

const NAME = "spot";
const marks = globalThis.Highlight ? new Highlight() : null;
if (marks) CSS.highlights.set(NAME, marks);

// Marks each of `words` in the newest line of `list` that has them; returns what is marked, to be given back as `before`.
export function spot(list, words, before = []) {
  for (const old of before) {
    if (old instanceof Range) marks?.delete(old);
  }
  for (const line of list.querySelectorAll(".spotted")) line.classList.remove("spotted");
  return words.map((one) => mark(list, one)).filter(Boolean);
}

function mark(list, words) {
  for (const line of [...list.children].reverse()) {
    const key = [...line.querySelectorAll(".key")].find((one) => one.textContent === words);
    const found = key ?? rangeOf(line.querySelector(".text"), words);
    if (!found) continue;
    (key ?? line).classList.add("spotted");
    if (!key) marks?.add(found);
    return found;
  }
  return null;
}

function rangeOf(element, words) {
  const at = element?.textContent.indexOf(words) ?? -1;
  if (at < 0) return null;
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let begun = false;
  while (walker.nextNode()) {
    const { data } = walker.currentNode;
    if (!begun && at < passed + data.length) {
      range.setStart(walker.currentNode, at - passed);
      begun = true;
    }
    if (begun && at + words.length <= passed + data.length) {
      range.setEnd(walker.currentNode, at + words.length - passed);
      return range;
    }
    passed += data.length;
  }
  return null;
}
