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

  // Filters are collapsed on a phone.
  if (matchMedia("(max-width: 60rem)").matches) for (const fold of document.querySelectorAll("details.fold")) fold.open = false;

  // Forms omit empty fields, so that the address is short.
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
  // Parts of the page that the server was still computing: the complete page is fetched and the parts are inserted.
  const later = [...document.querySelectorAll("[data-later]")];
  if (later.length) {
    const address = new URL(location.href);
    address.searchParams.set("wait", "true");
    fetch(address).then((answer) => answer.ok ? answer.text() : Promise.reject(answer.status)).then((text) => {
      const whole = new DOMParser().parseFromString(text, "text/html");
      for (const id of new Set(later.map((part) => part.dataset.later))) {
        const part = document.getElementById(id), made = whole.getElementById(id);
        if (part && made) part.replaceWith(made);
      }
    }).catch(() => { /* The link remains as a fallback. */ });
  }

  addEventListener("pageshow", () => {
    for (const sent of document.querySelectorAll("form[data-wait] button[type=submit]")) sent.disabled = false;
  });
})();
