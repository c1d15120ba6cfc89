// The passage that is shown beside a story leads to the page of its report, where it can be noted and set right.
(() => {
  "use strict";
  const pane = document.getElementById("pane");
  if (!pane) return;
  const reports = document.getElementById("news").dataset.reports.split(" ");
  const articles = new Map(reports.map((one) => one.split(":").reverse()));
  const link = document.createElement("a");
  link.className = "tool";
  link.textContent = "Open the report, note or set right";
  pane.querySelector(".steps").append(link);

  // Where the marked words of a paragraph begin and end, in code points of the report.
  const aim = () => {
    const first = pane.querySelector("mark.hit");
    const paragraph = first && first.closest("[data-s]");
    if (!paragraph) return;
    const before = document.createRange();
    before.setStart(paragraph.querySelector("p"), 0);
    const at = () => Number(paragraph.dataset.s) + [...before.toString()].length;
    before.setEndBefore(first);
    const start = at();
    before.setEndAfter([...paragraph.querySelectorAll("mark.hit")].at(-1));
    link.href = `/reports/${articles.get(paragraph.closest("[data-l]").dataset.l)}?start=${start}&end=${at()}#at`;
  };
  new MutationObserver(aim).observe(document.getElementById("ctx-where"), { childList: true, characterData: true, subtree: true });
  link.addEventListener("click", aim);
})();
