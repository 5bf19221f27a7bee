"use strict";
// A search box with suggestions while typing: the combobox pattern of the ARIA Authoring Practices Guide.
(() => {
  const box = document.getElementById("find");
  const list = document.getElementById("find-list");
  const status = document.getElementById("find-status");
  let options = [], at = -1, asked = 0, timer = 0;
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", "find-list");
  box.autocomplete = "off";
  const close = () => { list.hidden = true; at = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
  const mark = (to) => {
    at = to;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else { box.setAttribute("aria-activedescendant", "find-" + at); list.children[at].scrollIntoView({ block: "nearest" }); }
  };
  const show = (found) => {
    options = found;
    list.replaceChildren(...found.map((each, i) => {
      const item = document.createElement("li");
      item.id = "find-" + i;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      for (const [tag, text] of [["b", each.label], ["span", each.detail], ["i", each.kind]]) {
        const part = document.createElement(tag);
        part.textContent = text;
        item.append(part, " ");
      }
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); location.assign(each.href); });
      return item;
    }));
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
    mark(-1);
    status.textContent = found.length ? found.length + " suggestions" : "no suggestion";
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    const words = box.value.trim();
    if (!words) { close(); return; }
    timer = setTimeout(() => {
      const number = ++asked;
      fetch("/api/suggest?q=" + encodeURIComponent(words)).then((answer) => answer.ok ? answer.json() : []).then((found) => { if (number === asked && document.activeElement === box) show(found); }).catch(close);
    }, 120);
  });
  box.addEventListener("keydown", (event) => {
    // The first Escape closes the list; on the second, the browser empties the box.
    if (event.key === "Escape") { if (!list.hidden) event.preventDefault(); close(); return; }
    if (list.hidden || !options.length) return;
    if (event.key === "ArrowDown") { mark((at + 1) % options.length); event.preventDefault(); }
    else if (event.key === "ArrowUp") { mark(at <= 0 ? options.length - 1 : at - 1); event.preventDefault(); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); location.assign(options[at].href); }
  });
  box.addEventListener("blur", close);
  // The slash key moves the focus to the box.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    box.focus();
  });
})();
