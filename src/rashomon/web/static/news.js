// Says on the page of a story which reports have come since the reader looked: before this visit, and while the page is open.
(() => {
  "use strict";
  const news = document.getElementById("news");
  const letters = new Map(news.dataset.reports.split(" ").map((one) => one.split(":")));
  const key = `looked ${news.dataset.state}`;
  const EVERY = 20000;

  const say = (...parts) => {
    news.replaceChildren(...parts);
    news.hidden = false;
  };
  const bold = (words) => {
    const element = document.createElement("b");
    element.textContent = words;
    return element;
  };
  const leading = (words, href) => {
    const element = document.createElement("a");
    element.href = href;
    element.textContent = words;
    return element;
  };
  const reports = (n) => `${n} ${n === 1 ? "report has" : "reports have"} come`;

  let before = null;
  try {
    before = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify([...letters.keys()]));
  } catch { /* Nothing is remembered where the browser keeps nothing. */ }
  const fresh = Array.isArray(before) ? [...letters.keys()].filter((article) => !before.includes(article)) : [];
  if (fresh.length) {
    const places = fresh.flatMap((article) => [" ", leading(letters.get(article), `#${letters.get(article)}1`)]);
    say(bold(`${reports(fresh.length)} since you looked:`), ...places);
  }

  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(news.dataset.state);
      if (answer.status === 404) {
        clearInterval(asking);
        say(bold("This story is gone:"), " its reports were put with another, or taken apart.", leading("All stories", "/stories"));
        return;
      }
      const { articles } = await answer.json();
      const come = articles.filter((article) => !letters.has(article));
      const gone = [...letters.keys()].filter((article) => !articles.includes(article));
      if (come.length) say(bold(`${reports(come.length)} since you opened this page.`), leading("Show them", location.pathname));
      else if (gone.length) say(bold("The reports of this story have changed."), leading("Show it as it is now", location.pathname));
    } catch { /* The server rests; the next look may find it. */ }
  };
  const asking = setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
})();
