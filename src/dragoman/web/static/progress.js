"use strict";
// Polls the progress of a pasted report and reloads the page when it is coded, failed or cancelled.
(() => {
  const told = document.getElementById("told");
  const share = document.getElementById("share");
  const id = document.querySelector("input[name=id]").value;
  const ask = async () => {
    try {
      const answer = await fetch("/paste/state?id=" + encodeURIComponent(id));
      const state = await answer.json();
      if (!answer.ok || state.finished) { location.reload(); return; }
      if (told.textContent !== state.words) told.textContent = state.words;
      if (state.share === null) share.removeAttribute("value"); else share.value = state.share;
    } catch (error) { told.textContent = "The server does not answer; trying again."; }
    setTimeout(ask, 700);
  };
  setTimeout(ask, 400);
})();
