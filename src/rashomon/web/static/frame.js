// Keys of the app. They can be turned off on the page of keys, and do nothing where something is typed (WCAG 2.2, 2.1.4).
(() => {
  "use strict";
  const KEPT = "keys are off";
  const PLACES = { s: "/stories", a: "/add", c: "/corrections" };
  const isOff = () => {
    try { return localStorage.getItem(KEPT) === "1"; } catch { return false; }
  };

  const box = document.getElementById("keys-on");
  if (box) {
    box.closest("[hidden]").hidden = false;
    box.checked = !isOff();
    box.addEventListener("change", () => {
      try { localStorage.setItem(KEPT, box.checked ? "0" : "1"); } catch { /* It holds for this page. */ }
    });
  }

  const stops = () => [...document.querySelectorAll(".tales h2 a, .par:has(.note) > .par-no")];
  const step = (by) => {
    const all = stops();
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  let isGoing = false;
  document.addEventListener("keydown", (event) => {
    if (isOff() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable], .pane")) return;
    const place = isGoing && PLACES[event.key];
    isGoing = event.key === "g";
    if (place) location.assign(place);
    else if (event.key === "?") location.assign("/keys");
    else if (event.key === "/") {
      event.preventDefault();
      document.getElementById("ask").focus();
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });
})();
