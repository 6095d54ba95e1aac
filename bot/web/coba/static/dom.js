// Small helpers to build elements. Text always goes in as text, never as markup.
export const find = (selector, root = document) => root.querySelector(selector);

export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

export function button(className, text, act) {
  const element = make("button", className, text);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function initials(name) {
  const acronym = name.split(/\s+/).find((part) => part !== "Dinas" && part !== "dan");
  if (/^[A-Z]{2,4}$/.test(acronym)) return acronym;
  const parts = name.split(/\s+/).filter((part) => /^[A-Z]/.test(part) && !/^(Dinas|dan)$/.test(part));
  return (parts.length > 1 ? parts[0][0] + parts[1][0] : (parts[0] || name).slice(0, 2)).toUpperCase();
}
