"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const pieces = [...document.querySelectorAll("#report [data-at]")].map((node) => ({ node, at: Number(node.dataset.at) }));
  const entries = [...document.querySelectorAll("#events > li")];
  const marks = [...document.querySelectorAll("#report .mark")];
  const notes = [...document.querySelectorAll(".rail button")];
  const card = document.getElementById("card");
  let pinned = -1;
  let current = -1;
  let noted = -1;

  const clear = () => {
    for (const { node } of pieces) for (const name of [...node.classList]) if (name.startsWith("lit")) node.classList.remove(name);
  };
  const paint = (spans, name) => {
    for (const [start, end] of spans) {
      for (const { node, at } of pieces) if (at >= start && at < end) node.classList.add("lit", "lit-" + name);
    }
  };
  const light = (number, only) => {
    clear();
    if (number < 0) return;
    for (const [field, start, end] of data.events[number]) if (!only || field === only) paint([[start, end]], field);
  };
  const lightNote = (number) => {
    clear();
    const note = data.notes[number];
    paint(note.content, "content");
    if (note.cue) paint([note.cue], "cue");
    if (note.speaker) paint([note.speaker], "speaker");
  };
  const settle = () => {
    if (noted >= 0) lightNote(noted);
    else light(pinned >= 0 ? pinned : current);
  };
  const markOf = (number) => marks.find((mark) => Number(mark.dataset.event) === number);

  const show = (number, near) => {
    const rows = [...entries[number].querySelectorAll("dl > div")].slice(0, 6);
    card.textContent = "";
    for (const row of rows) {
      const line = document.createElement("p");
      const label = document.createElement("b");
      label.textContent = row.querySelector("dt").textContent;
      const words = document.createElement("span");
      words.append(...[...row.querySelector("dd").childNodes].map((node) => node.cloneNode(true)));
      line.append(label, " ", words);
      card.append(line);
    }
    card.className = "card " + entries[number].className.replace("open", "").trim();
    card.hidden = false;
    if (matchMedia("(max-width: 60rem)").matches) { card.classList.add("sheet"); return; }
    const box = near.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left + scrollX, scrollX + innerWidth - card.offsetWidth - 24));
    const below = box.bottom + card.offsetHeight + 12 < innerHeight;
    card.style.left = left + "px";
    card.style.top = (below ? box.bottom + scrollY + 6 : box.top + scrollY - card.offsetHeight - 6) + "px";
  };
  const hide = () => { card.hidden = true; };

  const pin = (number, { reveal = true } = {}) => {
    pinned = number;
    noted = -1;
    current = number >= 0 ? number : current;
    for (const note of notes) note.setAttribute("aria-pressed", "false");
    entries.forEach((entry, i) => {
      entry.classList.toggle("open", i === number);
      entry.querySelector("button").setAttribute("aria-expanded", String(i === number));
    });
    for (const mark of marks) mark.setAttribute("aria-pressed", String(Number(mark.dataset.event) === number));
    light(number);
    if (number < 0 || !reveal) return;
    const narrow = matchMedia("(max-width: 60rem)").matches;
    if (!narrow) entries[number].scrollIntoView({ block: "nearest" });
    const mark = markOf(number);
    if (mark) mark.scrollIntoView({ block: narrow ? "center" : "nearest" });
    if (narrow && mark) show(number, mark); else hide();
  };
  const walk = (step) => {
    if (!entries.length) return;
    current = current < 0 ? (step > 0 ? 0 : entries.length - 1) : (current + step + entries.length) % entries.length;
    const target = markOf(current) || entries[current].querySelector("button");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
    if (pinned >= 0) pin(current);
    else { light(current); show(current, target); }
  };
  const letGo = () => { hide(); pin(-1); current = -1; clear(); };

  document.addEventListener("click", (event) => {
    const note = event.target.closest("button[data-note]");
    if (note) {
      const number = Number(note.dataset.note);
      const again = noted === number;
      letGo();
      if (!again) { noted = number; lightNote(number); note.setAttribute("aria-pressed", "true"); }
      return;
    }
    const button = event.target.closest("button[data-event]");
    if (button) {
      const number = Number(button.dataset.event);
      if (number === pinned) letGo(); else pin(number);
    } else if (!event.target.closest("#card, aside, .rail") && matchMedia("(max-width: 60rem)").matches) letGo();
  });
  document.addEventListener("mouseover", (event) => {
    const row = event.target.closest("[data-field]");
    if (row && pinned >= 0) { light(pinned, row.dataset.field); return; }
    const note = event.target.closest("button[data-note]");
    if (note) { lightNote(Number(note.dataset.note)); return; }
    const mark = event.target.closest("button.mark");
    if (mark && matchMedia("(hover: hover)").matches) {
      const number = Number(mark.dataset.event);
      show(number, mark);
      if (pinned < 0 && noted < 0) light(number);
      return;
    }
    if (!event.target.closest("#card")) hide();
    settle();
  });
  document.addEventListener("focusin", (event) => {
    const mark = event.target.closest("button.mark");
    if (mark) current = Number(mark.dataset.event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    const walking = current >= 0 && event.target.closest("#report .mark, #events button, body") !== null;
    if (event.key === "j" || event.key === "n") walk(1);
    else if (event.key === "k" || event.key === "p") walk(-1);
    else if (walking && (event.key === "ArrowDown" || event.key === "ArrowRight")) { walk(1); event.preventDefault(); }
    else if (walking && (event.key === "ArrowUp" || event.key === "ArrowLeft")) { walk(-1); event.preventDefault(); }
    else if (event.key === "Enter" && current >= 0 && event.target === document.body) pin(current);
    else if (event.key === "Escape") { letGo(); document.activeElement.blur(); }
  });
  const fromAddress = () => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const number = entries.findIndex((entry) => entry.id === wanted);
    if (number >= 0) pin(number);
  };
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
