// The one place where markup enters a page: what our own server laid out, with everything escaped there.
const policy = window.trustedTypes ? trustedTypes.createPolicy("board", { createHTML: (text) => text }) : null;

const trusted = (text) => (policy ? policy.createHTML(text) : text);

export function fill(element, html) {
  element.innerHTML = trusted(html);
}

export function parsed(html) {
  return new DOMParser().parseFromString(trusted(html), "text/html");
}
