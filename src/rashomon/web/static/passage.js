// Words that are selected in a report lead to the passage, where they can be noted and set right.
(() => {
  "use strict";
  const text = document.querySelector(".text");
  if (!text) return;
  const link = document.createElement("a");
  link.className = "tool float";
  link.textContent = "Note or set right";
  link.hidden = true;
  document.body.append(link);

  // Offsets count code points of the article: the letters of a paragraph are those of its stretch of the text.
  const offset = (node, at) => {
    const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".par > p");
    if (!paragraph || !text.contains(paragraph)) return null;
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, at);
    return Number(paragraph.parentElement.dataset.start) + [...before.toString()].length;
  };

  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    link.hidden = true;
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return;
    const range = chosen.getRangeAt(0);
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    if (start === null || end === null || start >= end) return;
    const box = range.getBoundingClientRect();
    link.href = `${location.pathname}?start=${start}&end=${end}#at`;
    link.style.setProperty("top", `${scrollY + box.bottom + 6}px`);
    link.style.setProperty("left", `${scrollX + Math.max(8, Math.min(box.left, innerWidth - 170))}px`);
    link.hidden = false;
  });
})();
