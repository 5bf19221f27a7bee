"use strict";
// Keys for verdicts: they activate the controls of the current event.
(() => {
  const lines = [...document.querySelectorAll(".event-line")];
  let at = -1;
  const walk = (step) => {
    if (!lines.length) return;
    if (at >= 0) lines[at].classList.remove("at");
    at = at < 0 ? (step > 0 ? 0 : lines.length - 1) : (at + step + lines.length) % lines.length;
    lines[at].classList.add("at");
    lines[at].tabIndex = -1;
    lines[at].focus({ preventScroll: true });
    lines[at].scrollIntoView({ block: "nearest" });
  };
  const looked = () => {
    const queued = document.querySelector("[data-current]");
    if (queued) return queued;
    const focused = document.activeElement;
    const mark = focused && focused.closest("[data-event]");
    if (mark) return document.querySelector(`#events > li[data-number="${mark.dataset.event}"]`);
    return (focused && focused.closest(".event-line, #events > li")) || document.querySelector("#events > li.open");
  };
  // After saving, the page returns to the same event.
  const place = (form) => {
    const back = form.querySelector("input[name=back]");
    const entry = form.closest("[id^='e-']");
    if (back && entry && !back.value.includes("#")) back.value += "#" + encodeURIComponent(entry.id);
    const line = form.closest(".event-line");
    if (line) try { sessionStorage.setItem("review-line", String(lines.indexOf(line))); } catch (error) { /* not kept */ }
  };
  document.addEventListener("submit", (event) => place(event.target));
  try {
    const kept = Number(sessionStorage.getItem("review-line") ?? -1);
    sessionStorage.removeItem("review-line");
    if (kept >= 0 && kept < lines.length) { at = kept - 1; walk(1); }
  } catch (error) { /* nothing was stored */ }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select")) return;
    if (lines.length && !document.getElementById("report") && (event.key === "j" || event.key === "k")) {
      walk(event.key === "j" ? 1 : -1);
      return;
    }
    if (!["a", "r", "e", "u", "n", "+"].includes(event.key)) return;
    const about = looked();
    const key = `[data-key="${event.key}"]`;
    const found = (about && about.querySelector(key)) ||
      (event.key === "+" || document.querySelector("[data-current]") || !lines.length && event.key === "u" ? document.querySelector(key) : null);
    if (!found) return;
    event.preventDefault();
    found.click();
  });
})();
