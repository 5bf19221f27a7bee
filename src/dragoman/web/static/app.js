"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const button = document.getElementById("theme");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const word = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", "Use the " + (isDark() ? "light" : "dark") + " theme");
  };
  button.hidden = false;
  word();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch (error) { /* not kept */ }
    word();
  });

  // Filters fold away on a phone.
  if (matchMedia("(max-width: 60rem)").matches) for (const fold of document.querySelectorAll("details.fold")) fold.open = false;

  // A form leaves out what is empty, so that its address is short.
  for (const form of document.querySelectorAll("form.filters")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
      setTimeout(() => { for (const field of form.elements) field.disabled = false; }, 500);
    });
  }

  for (const form of document.querySelectorAll("form[data-wait]")) {
    form.addEventListener("submit", () => {
      form.querySelector("button[type=submit]").disabled = true;
      document.getElementById("wait").textContent = form.dataset.wait + " …";
    });
  }
  addEventListener("pageshow", () => {
    for (const sent of document.querySelectorAll("form[data-wait] button[type=submit]")) sent.disabled = false;
  });
})();
