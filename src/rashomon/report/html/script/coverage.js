// The table of points: numbers filter it, arrow keys move in it, the whole table is one tab stop.
const table = byId("mx");
if (table) {
  const rows = all("tr[id]", table);
  // How many reports tell each point, its place in the reports, and who has and who lacks it, as bits.
  const facts = new Map(rows.map((row) => {
    const [n, order, has, lacks] = row.dataset.r.split(" ");
    return [row, { n: Number(n), order: Number(order), has: BigInt(`0x${has}`), lacks: BigInt(`0x${lacks}`) }];
  }));
  const bodies = all("tbody", table);
  const buttons = all("#coverage [data-by]");
  const who = byId("mx-who");
  const letters = who ? all("#mx-list option").map((option) => option.value) : [];
  const holds = (row, name, index) => (facts.get(row)[name] >> BigInt(index)) & 1n;
  const passes = {
    several: (row) => facts.get(row).n > 1,
    all: () => true,
    tells: (row, index) => holds(row, "has", index),
    lacks: (row, index) => holds(row, "lacks", index),
    alone: (row, index) => facts.get(row).n === 1 && holds(row, "has", index),
  };
  let filter = buttons.find((button) => button.dataset.by === "several");
  const several = filter;

  const indexOf = (button) => {
    if (button.dataset.i) return Number(button.dataset.i);
    const sought = who ? who.value.trim().toLowerCase() : "";
    const exact = letters.findIndex((value) => value.toLowerCase() === sought || value.split(" ")[0].toLowerCase() === sought);
    return exact >= 0 ? exact : letters.findIndex((value) => sought && value.toLowerCase().includes(sought));
  };
  const say = (count) => {
    const points = `${count} ${count === 1 ? "point" : "points"}`;
    const { by, told } = filter.dataset;
    if (by === "several") return `${points} told by two or more`;
    if (by === "all") return points;
    if (told) return `${points} ${told}`;
    const name = letters[indexOf(filter)];
    return name ? `${points} ${by === "lacks" ? "left out by" : "only in"} ${name}` : "Name an outlet or a letter first";
  };
  const order = () => {
    const how = byId("mx-order").value;
    const key = { most: (row) => -facts.get(row).n, least: (row) => facts.get(row).n, first: (row) => facts.get(row).order }[how];
    for (const body of bodies) {
      const own = rows.filter((row) => row.parentElement === body);
      own.sort((a, b) => key(a) - key(b) || facts.get(a).order - facts.get(b).order);
      body.append(...own);
    }
    table.append(...(how === "least" ? [...bodies].reverse() : bodies));
  };
  const show = () => {
    const index = indexOf(filter);
    const isAsked = ["several", "all"].includes(filter.dataset.by) || index >= 0;
    let count = 0;
    for (const row of rows) {
      row.hidden = !(isAsked && passes[filter.dataset.by](row, index));
      count += !row.hidden;
    }
    for (const body of bodies) {
      const shown = rows.filter((row) => row.parentElement === body && !row.hidden).length;
      body.hidden = !shown;
      const head = body.querySelector(".gh");
      head.textContent = head.textContent.replace(/\(\d+\)/, `(${shown})`);
    }
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === filter));
    byId("mx-state").textContent = say(count);
    rove();
  };
  const cells = () => all("a[data-at]", table).filter((link) => !link.closest("[hidden]"));
  const rove = (to = cells()[0]) => {
    for (const link of all("a[data-at]", table)) link.tabIndex = link === to ? 0 : -1;
  };
  const beside = (link, key) => {
    const row = link.closest("tr");
    const inRow = all("a[data-at]", row);
    const at = inRow.indexOf(link);
    if (key === "ArrowLeft") return inRow[at - 1];
    if (key === "ArrowRight") return inRow[at + 1];
    const shown = rows.filter((other) => !other.closest("[hidden]") && other.querySelector("a[data-at]"));
    const next = shown[shown.indexOf(row) + (key === "ArrowDown" ? 1 : -1)];
    const left = link.getBoundingClientRect().left;
    return next && all("a[data-at]", next).sort((a, b) => Math.abs(a.getBoundingClientRect().left - left) - Math.abs(b.getBoundingClientRect().left - left))[0];
  };
  table.addEventListener("keydown", (event) => {
    const link = event.target.closest("a[data-at]");
    if (!link || !/^Arrow/.test(event.key)) return;
    event.preventDefault();
    const next = beside(link, event.key);
    if (!next) return;
    rove(next);
    next.focus();
  });
  table.addEventListener("focusin", (event) => { if (event.target.matches("a[data-at]")) rove(event.target); });
  for (const button of buttons) {
    button.addEventListener("click", () => {
      filter = filter === button ? several : button;
      show();
    });
  }
  if (who) who.addEventListener("change", show);
  byId("mx-order").addEventListener("change", order);
  all("#coverage .facet").forEach((facet) => { facet.hidden = false; });
  show();
}
const finder = byId("rep-find");
if (finder) {
  finder.parentElement.hidden = false;
  finder.addEventListener("input", () => {
    const sought = finder.value.trim().toLowerCase();
    for (const row of all(".reps tbody tr")) row.hidden = !row.textContent.toLowerCase().includes(sought);
  });
}
