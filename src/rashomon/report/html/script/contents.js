// Where in the page the reader is; links into folds; letters behind a number; what print needs.
for (const button of all("button.plus")) {
  const others = button.nextElementSibling;
  const turn = (isOpen) => {
    others.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
  };
  turn(false);
  button.addEventListener("click", () => turn(others.hidden));
}

const links = all("#toc a");
const sections = links.map((link) => byId(link.hash.slice(1)));
let current = null;
const locate = () => {
  const line = innerHeight * .35;
  let at = -1;
  sections.forEach((section, n) => { if (section.getBoundingClientRect().top < line) at = n; });
  const link = links[at] || null;
  if (link === current) return;
  if (current) current.removeAttribute("aria-current");
  current = link;
  if (!link) return;
  link.setAttribute("aria-current", "true");
  const list = link.closest("ul");
  if (list.scrollWidth > list.clientWidth) list.scrollLeft = link.offsetLeft - list.clientWidth / 2 + link.offsetWidth / 2;
};
let isAwaited = false;
addEventListener("scroll", () => {
  if (isAwaited) return;
  isAwaited = true;
  requestAnimationFrame(() => { isAwaited = false; locate(); });
}, { passive: true });
locate();

const follow = () => {
  const [, letter, paragraph] = /^#([A-Z]+)(\d+)$/.exec(location.hash) || [];
  if (letter && reports.has(letter)) {
    opened = { from: null, what: "", places: [], at: -1, letter: null };
    showLetter(letter, paragraph);
    return;
  }
  let target = null;
  try { target = byId(decodeURIComponent(location.hash.slice(1))); } catch { return; }
  if (!target || !target.closest("details")) return;
  reveal(target);
  target.scrollIntoView();
};
addEventListener("hashchange", follow);
follow();

let closed = [];
addEventListener("beforeprint", () => {
  closed = all("details:not([open])");
  for (const fold of closed) fold.open = true;
  for (const button of all("button.plus")) button.nextElementSibling.hidden = false;
  for (const hiddenPart of all("#mx tr[hidden], #mx tbody[hidden]")) hiddenPart.hidden = false;
  for (const letter of reports.keys()) filled(letter);
});
addEventListener("afterprint", () => {
  for (const fold of closed) fold.open = false;
  for (const button of all("button.plus")) button.nextElementSibling.hidden = button.getAttribute("aria-expanded") === "false";
  const state = all("#coverage [data-by][aria-pressed=true]")[0];
  if (state) { state.click(); if (state.getAttribute("aria-pressed") !== "true") state.click(); }
});
