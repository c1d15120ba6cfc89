// A letter opens its report at the words a statement rests on. Offsets count code points, as in the JSON.
"use strict";
const root = document.documentElement;
root.classList.add("js");
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const pane = byId("pane");
const reports = new Map(all(".rep").map((report) => [report.dataset.l, report]));
const sheet = matchMedia("(max-width: 1099px)");
// What is open: the letter it was opened from, the statement, its places in order, and which of them is shown.
let opened = { from: null, what: "", places: [], at: -1, letter: null };

// Folds around an element are opened, so that it can be seen.
const reveal = (element) => {
  for (let fold = element && element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
};

// The report that a letter leads to: "#C12" is its paragraph 12.
const letterOf = (link) => (/^#([A-Z]+)\d+$/.exec(link.hash) || [])[1];

const placesOf = (link) => {
  const spots = (link.dataset.at || "").split(",").filter(Boolean);
  return spots.map((spot) => {
    const [start, length] = spot.split("+").map(Number);
    return { letter: letterOf(link), start, end: start + length };
  });
};

const statementOf = (link) => link.closest("#mx tr, .diff, .rem, .fig, .pair, .tl li, .fits li") || link.closest(".run > span, .nm td > span, li, tr, p, h1") || link;

const sayStatement = (statement) => {
  if (statement.dataset.what) return statement.dataset.what;
  const row = statement.closest("#mx, .more") && statement.querySelector("th");
  const copy = (statement.querySelector(":scope > h3, :scope > blockquote, .what, .say") || row || statement).cloneNode(true);
  for (const sign of all("l-s, .by, .sr, svg", copy)) sign.remove();
  for (const cell of all("th, td", copy)) cell.append(" ");
  return copy.textContent.replace(/\s+/g, " ").replace(/\s+([.,;:])/g, "$1").trim();
};

const filled = (letter) => {
  const report = reports.get(letter);
  const template = report && report.querySelector("template");
  if (template) template.replaceWith(template.content);
  return report;
};

const unmark = () => {
  for (const mark of all("mark.hit, mark.also")) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
};

// Characters of an element from one code point to another, in elements of a class.
const markWithin = (element, start, end, name, tag = "mark") => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const pieces = [];
  let at = 0;
  for (let node = walker.nextNode(); node && at < end; node = walker.nextNode()) {
    const points = [...node.data];
    const left = Math.max(start - at, 0), right = Math.min(end - at, points.length);
    if (left < right) pieces.push([node, points.slice(0, left).join("").length, points.slice(0, right).join("").length]);
    at += points.length;
  }
  return pieces.map(([node, left, right]) => {
    const range = document.createRange();
    range.setStart(node, left);
    range.setEnd(node, right);
    const mark = document.createElement(tag);
    mark.className = name;
    range.surroundContents(mark);
    return mark;
  });
};

const markPlace = (place, name) => {
  const marks = [];
  const isWhole = pane.hasAttribute("data-snippets");
  for (const paragraph of all("[data-s]", filled(place.letter))) {
    const words = paragraph.querySelector("p");
    const first = Number(paragraph.dataset.s);
    const length = isWhole ? Number(paragraph.dataset.e) - first : [...words.textContent].length;
    if (place.end <= first || place.start >= first + length) continue;
    if (isWhole) marks.push(...markWithin(words, 0, Infinity, name));
    else marks.push(...markWithin(words, Math.max(0, place.start - first), place.end - first, name));
  }
  return marks;
};

const numberOf = (mark) => mark.closest("[data-s]").querySelector("span").firstChild.data;

const showReport = (letter) => {
  filled(letter);
  for (const [other, report] of reports) {
    if (other === letter) report.removeAttribute("hidden");
    else report.setAttribute("hidden", "until-found");
  }
  for (const tab of all(".tab")) {
    const isChosen = tab.dataset.l === letter;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    tab.classList.toggle("none", opened.places.length > 0 && !opened.places.some((place) => place.letter === tab.dataset.l));
  }
  opened.letter = letter;
  byId("rest").hidden = true;
  byId("allp").hidden = true;
  byId("all").setAttribute("aria-pressed", "false");
  if (byId("layers")) byId("layers").hidden = false;
  all(".pane-top")[0].hidden = false;
  const report = reports.get(letter);
  byId("pane-h").textContent = `${letter} · ${report.dataset.title}`;
  byId("pane-h").className = "one-line";
};

const bringIntoView = (target) => {
  const body = byId("pane-body");
  const box = target.getBoundingClientRect(), frame = body.getBoundingClientRect();
  if (getComputedStyle(body).overflowY === "auto") body.scrollTop += box.top - frame.top - Math.max(24, (frame.height - box.height) / 3);
  else target.scrollIntoView({ block: "center" });
};

const focusOn = (target) => {
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  bringIntoView(target);
};

const showPane = () => {
  pane.classList.add("open");
  if (!sheet.matches) return;
  pane.setAttribute("role", "dialog");
  pane.setAttribute("aria-modal", "true");
  byId("shade").hidden = false;
  root.classList.add("sheet-open");
  for (const other of document.body.children) if (!other.contains(pane) && other.id !== "shade" && other.id !== "toast") other.inert = true;
  for (const other of all(".toc, main")) other.inert = true;
};

const showPlace = (at) => {
  opened.at = at;
  const place = opened.places[at];
  unmark();
  showReport(place.letter);
  showPane();
  for (const other of opened.places) if (other !== place && other.letter === place.letter) markPlace(other, "also");
  const [first] = markPlace(place, "hit");
  const where = first ? `${place.letter} ¶${numberOf(first)}` : place.letter;
  byId("ctx-where").textContent = `${where} · ${at + 1} of ${opened.places.length}`;
  focusOn(first ? first.closest("p") : byId("pane-body"));
};

const showLetter = (letter, paragraph) => {
  unmark();
  showReport(letter);
  showPane();
  const target = byId(`${letter}${paragraph || 1}`);
  focusOn(target ? target.querySelector("p") : byId("pane-body"));
};

const choose = (link) => {
  for (const chosen of all("a.on")) chosen.classList.remove("on");
  const own = placesOf(link);
  if (!own.length) {
    opened = { from: link, what: "", places: [], at: -1, letter: null };
    byId("ctx").hidden = true;
    showLetter(letterOf(link), link.dataset.p);
    return;
  }
  link.classList.add("on");
  const statement = statementOf(link);
  const seen = new Set();
  const places = all("a[data-at]", statement).flatMap(placesOf).filter((place) => {
    const key = `${place.letter} ${place.start} ${place.end}`;
    return !seen.has(key) && seen.add(key);
  });
  opened = { from: link, what: sayStatement(statement), places, at: 0, letter: null };
  byId("ctx").hidden = false;
  byId("ctx-what").textContent = opened.what;
  byId("all").textContent = `All ${places.length}`;
  byId("all").hidden = byId("prev").hidden = byId("next").hidden = places.length < 2;
  showPlace(Math.max(0, places.findIndex((place) => place.letter === own[0].letter && place.start === own[0].start && place.end === own[0].end)));
};

const rest = () => {
  for (const report of reports.values()) report.setAttribute("hidden", reports.size === 1 ? "" : "until-found");
  if (reports.size === 1 && !sheet.matches) reports.values().next().value.removeAttribute("hidden");
  byId("rest").hidden = reports.size === 1;
  byId("allp").hidden = true;
  byId("ctx").hidden = true;
  if (byId("layers")) byId("layers").hidden = true;
  all(".pane-top")[0].hidden = true;
  byId("pane-h").textContent = reports.size === 1 ? "The report" : "The reports";
  byId("pane-h").className = "";
};

const close = () => {
  if (!pane.classList.contains("open")) return;
  unmark();
  pane.classList.remove("open");
  pane.setAttribute("role", "complementary");
  pane.removeAttribute("aria-modal");
  byId("shade").hidden = true;
  root.classList.remove("sheet-open");
  for (const other of all("[inert]")) other.inert = false;
  for (const chosen of all("a.on")) chosen.classList.remove("on");
  const { from } = opened;
  opened = { from: null, what: "", places: [], at: -1, letter: null };
  rest();
  if (from && from.isConnected) from.focus();
};

const step = (by) => {
  if (opened.places.length) showPlace((opened.at + by + opened.places.length) % opened.places.length);
};

// The words of a place with so many characters around them.
const AROUND = 220;
const wordsOf = (place) => {
  for (const paragraph of all("[data-s]", filled(place.letter))) {
    const points = [...paragraph.querySelector("p").textContent];
    const first = Number(paragraph.dataset.s);
    const length = paragraph.dataset.e ? Number(paragraph.dataset.e) - first : points.length;
    if (place.start < first || place.start >= first + length) continue;
    const number = paragraph.querySelector("span").firstChild.data;
    if (paragraph.dataset.e) return { number, before: "", words: points.join(""), after: "" };
    const start = place.start - first, end = Math.min(place.end - first, points.length);
    const from = Math.max(0, start - AROUND), to = Math.min(points.length, end + AROUND);
    return {
      number,
      before: (from ? "…" : "") + points.slice(from, start).join(""),
      words: points.slice(start, end).join(""),
      after: points.slice(end, to).join("") + (to < points.length ? "…" : ""),
    };
  }
  return { number: "", before: "", words: "", after: "" };
};

const showAll = () => {
  const list = byId("allp");
  const isShown = list.hidden;
  byId("all").setAttribute("aria-pressed", String(isShown));
  list.hidden = !isShown;
  for (const [letter, report] of reports) {
    if (isShown || letter !== opened.letter) report.setAttribute("hidden", "until-found");
    else report.removeAttribute("hidden");
  }
  list.replaceChildren(...opened.places.map((place) => {
    const { number, before, words, after } = wordsOf(place);
    const item = document.createElement("article"), head = document.createElement("h3"), text = document.createElement("p");
    const letter = document.createElement("span"), mark = document.createElement("mark");
    letter.className = "l off";
    letter.textContent = place.letter;
    head.append(letter, ` ¶${number} ${reports.get(place.letter).dataset.name}`);
    mark.className = "hit";
    mark.textContent = words;
    text.lang = reports.get(place.letter).lang;
    text.append(before, mark, after);
    item.append(head, text);
    return item;
  }));
  byId("pane-body").scrollTop = 0;
};

// What can be marked in the texts stands in them from the first time on that any of it is asked for.
const layOut = () => {
  for (const paragraph of all("[data-m]")) {
    for (const [, kind, places] of paragraph.dataset.m.matchAll(/([a-z])([\d+,]+)/g)) {
      for (const place of places.split(",")) {
        const [start, length] = place.split("+").map(Number);
        markWithin(paragraph.querySelector("p"), start, start + length, kind, "span");
      }
    }
    delete paragraph.dataset.m;
  }
};

let fading = 0;
const tell = (words) => {
  byId("toast").textContent = words;
  clearTimeout(fading);
  fading = setTimeout(() => { byId("toast").textContent = ""; }, 2500);
};

const copy = async () => {
  const lines = opened.places.map((place) => {
    const { number, words } = wordsOf(place);
    return `${place.letter} ¶${number}, ${reports.get(place.letter).dataset.name}: “${words.replace(/\s+/g, " ").trim()}”`;
  });
  try {
    await navigator.clipboard.writeText([opened.what, ...lines].join("\n"));
    tell(`Copied: the statement and ${lines.length} ${lines.length === 1 ? "place" : "places"}`);
  } catch {
    tell("This browser does not let the page copy");
  }
};

if (pane) {
  byId("pane-body").tabIndex = 0;
  all(".scripted").forEach((hint) => { hint.hidden = false; });
  rest();
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-p]");
    if (link && reports.has(letterOf(link))) {
      event.preventDefault();
      choose(link);
    } else if (event.target.closest("[data-s] > span a")) {
      const { hash } = event.target.closest("a");
      event.preventDefault();
      opened.from = null;
      if (sheet.matches) close();
      location.hash = hash;
    }
  });
  byId("close").addEventListener("click", close);
  byId("shade").addEventListener("click", close);
  byId("prev").addEventListener("click", () => step(-1));
  byId("next").addEventListener("click", () => step(1));
  byId("all").addEventListener("click", showAll);
  byId("copy").addEventListener("click", copy);
  for (const tab of all(".tab")) {
    tab.addEventListener("click", () => {
      const at = opened.places.findIndex((place) => place.letter === tab.dataset.l);
      if (at >= 0) showPlace(at);
      else {
        showLetter(tab.dataset.l);
        byId("ctx-where").textContent = `${tab.dataset.l} is not cited for this`;
      }
      tab.focus({ preventScroll: true });
    });
  }
  for (const button of all("[data-layer]")) {
    button.addEventListener("click", () => {
      layOut();
      const isOn = pane.classList.toggle(`sq-${button.dataset.layer}`);
      button.setAttribute("aria-pressed", String(isOn));
    });
  }
  for (const report of reports.values()) {
    report.addEventListener("beforematch", () => {
      opened = { from: null, what: "", places: [], at: -1, letter: null };
      byId("ctx").hidden = true;
      showReport(report.dataset.l);
      showPane();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.ctrlKey || event.metaKey || event.altKey || !pane.contains(document.activeElement)) return;
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
    const tabs = all(".tab");
    const at = tabs.indexOf(document.activeElement);
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (at >= 0 && by) {
      event.preventDefault();
      tabs[(at + by + tabs.length) % tabs.length].click();
    }
  });
  // While the sheet is open, Tab stays in it.
  pane.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || !sheet.matches) return;
    const stops = all("a[href], button, [tabindex='0'], summary", pane)
      .filter((stop) => stop.tabIndex >= 0 && stop.offsetParent && !stop.closest("[hidden]"));
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement === edge || !pane.contains(document.activeElement)) {
      event.preventDefault();
      (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
    }
  });
}
