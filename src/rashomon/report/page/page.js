// A click on a cell opens its report at the words it rests on. Offsets count code points, as in the JSON.
"use strict";
(() => {
  document.documentElement.classList.add("js");
  const reports = [...document.querySelectorAll("article.report")];
  const back = document.getElementById("back");
  let from = null;

  const open = (letter) => {
    for (const report of reports) report.classList.toggle("open", report.dataset.report === letter);
    for (const tab of document.querySelectorAll(".tabs button[data-report]")) tab.setAttribute("aria-pressed", String(tab.dataset.report === letter));
    return reports.find((report) => report.dataset.report === letter);
  };

  const clear = () => {
    for (const mark of document.querySelectorAll("mark.hit")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    for (const item of document.querySelectorAll("li.hit")) item.classList.remove("hit");
  };

  const highlight = (root, start, end) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const hits = [];
    let at = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const points = [...node.data];
      const left = Math.max(start - at, 0), right = Math.min(end - at, points.length);
      if (left < right) hits.push([node, points.slice(0, left).join("").length, points.slice(0, right).join("").length]);
      at += points.length;
      if (at >= end) break;
    }
    return hits.map(([node, left, right]) => {
      const range = document.createRange();
      range.setStart(node, left);
      range.setEnd(node, right);
      const mark = document.createElement("mark");
      mark.className = "hit";
      range.surroundContents(mark);
      return mark;
    });
  };

  const show = (cell) => {
    clear();
    const report = open(cell.dataset.report);
    if (!report) return;
    let target = report;
    if (cell.dataset.start) {
      const start = Number(cell.dataset.start), end = Number(cell.dataset.end);
      const text = report.querySelector(".text");
      if (text) target = highlight(text, start, end)[0] || report;
      else {
        const items = [...report.querySelectorAll("li[data-start]")];
        target = items.find((item) => Number(item.dataset.start) <= start && start < Number(item.dataset.end)) || report;
        if (target !== report) target.classList.add("hit");
      }
    }
    target.scrollIntoView({ block: "center" });
    report.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const cell = event.target.closest("a[data-report], button[data-report]");
    if (!cell) return;
    event.preventDefault();
    if (cell.matches("a")) from = cell;
    back.hidden = !from;
    show(cell);
  });
  const goBack = () => {
    if (!from) return;
    from.focus();
    from.scrollIntoView({ block: "center" });
  };
  back.addEventListener("click", goBack);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") goBack(); });
  if (reports.length) open(reports[0].dataset.report);
})();
