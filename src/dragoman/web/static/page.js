"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const pieces = [...document.querySelectorAll("#report [data-at]")];
  const entries = [...document.querySelectorAll("#events li")];
  let chosen = -1;
  const clear = () => {
    for (const piece of pieces) piece.classList.forEach((name) => name.startsWith("lit") && piece.classList.remove(name));
  };
  const light = (number, only) => {
    clear();
    if (number < 0) return;
    for (const [field, start, end] of data.events[number].spans) {
      if (only && field !== only) continue;
      for (const piece of pieces) {
        const at = Number(piece.dataset.at);
        if (at >= start && at < end) piece.classList.add("lit", "lit-" + field);
      }
    }
  };
  const choose = (number, scroll) => {
    chosen = number;
    light(number);
    entries.forEach((entry, i) => entry.classList.toggle("open", i === number));
    for (const mark of document.querySelectorAll(".mark")) mark.setAttribute("aria-pressed", String(Number(mark.dataset.event) === number));
    if (scroll && number >= 0) {
      entries[number].scrollIntoView({ block: "nearest" });
      const mark = document.querySelector('.mark[data-event="' + number + '"]');
      if (mark) mark.scrollIntoView({ block: "nearest" });
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-event]");
    if (button) choose(Number(button.dataset.event) === chosen ? -1 : Number(button.dataset.event), true);
  });
  document.addEventListener("mouseover", (event) => {
    const row = event.target.closest("[data-field]");
    if (row && chosen >= 0) { light(chosen, row.dataset.field); return; }
    const button = event.target.closest("button[data-event]");
    if (button && chosen < 0) light(Number(button.dataset.event));
    else light(chosen);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !entries.length) return;
    if (event.key === "n") choose((chosen + 1) % entries.length, true);
    else if (event.key === "p") choose((chosen + entries.length - 1) % entries.length, true);
    else if (event.key === "Escape") choose(-1, false);
  });
})();
