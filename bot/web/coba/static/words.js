// Words for people stand in the page (words.html); scripts ask for them by key.
const words = new Map(
  [...document.querySelectorAll("#words dt")].map((key) => [key.textContent, key.nextElementSibling.textContent]),
);

export function word(key, fields = {}) {
  return words.get(key).replace(/\{(\w+)\}/g, (_, name) => fields[name]);
}
