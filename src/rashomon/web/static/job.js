// Follows a job over server-sent events; when it is over, the page is loaded again and says what came of it.
(() => {
  "use strict";
  const job = document.getElementById("job");
  const told = document.getElementById("job-told");
  const bar = document.getElementById("job-bar");
  const STAGES = { reading: "Reading", fetching: "Fetching", annotating: "Looking for quotes, figures and times", grouping: "Finding the stories" };
  const events = new EventSource(job.dataset.events);
  const end = () => {
    events.close();
    location.reload();
  };
  events.addEventListener("message", (event) => {
    const { state, stage, done, total } = JSON.parse(event.data);
    if (state === "done" || state === "failed") return end();
    if (state === "running") told.textContent = `${STAGES[stage] || stage || "Reading"}${total ? `: ${done} of ${total}` : ""}`;
    if (total) {
      bar.max = total;
      bar.value = done;
    } else bar.removeAttribute("value");
    return undefined;
  });
  events.addEventListener("error", () => setTimeout(end, 2000), { once: true });
})();
