// The passage that is shown beside a story leads to the page of its report, where it can be noted and set right.
(() => {
  "use strict";
  const steps = document.querySelector("#ctx .steps");
  if (!steps) return;
  const reports = document.getElementById("news").dataset.reports.split(" ");
  const articles = new Map(reports.map((one) => one.split(":").reverse()));
  const link = document.createElement("a");
  link.className = "tool";
  link.textContent = "Open the report";
  steps.append(link);

  // `opened`, of the script of the collation, is what the pane shows.
  const aim = () => {
    const place = opened.places[opened.at];
    if (place) link.href = `/reports/${articles.get(place.letter)}?start=${place.start}&end=${place.end}#at`;
  };
  new MutationObserver(aim).observe(document.getElementById("ctx-where"), { childList: true, characterData: true, subtree: true });
})();
